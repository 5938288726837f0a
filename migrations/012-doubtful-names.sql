-- Contacts whose name may be no person's, for operators to look through (R13): few among many.
create index contacts_doubtful on contacts (contact_id) where removed_at is null and name_doubtful;
