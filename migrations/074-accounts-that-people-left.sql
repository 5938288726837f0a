-- The accounts that a person left and may still read are looked up when the person gets another name.
create index residual_accesses_by_contact on residual_accesses (contact_id);
