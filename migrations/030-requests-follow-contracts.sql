-- R36: a contract that never had a contact may get its right customer, or be deleted, also where somebody has asked for
-- its first contact. The requests go along with it; history keeps what was received.
alter table change_requests
  drop constraint change_requests_contract_fk,
  add constraint change_requests_contract_fk foreign key (contract_id, customer_id)
    references contracts (contract_id, customer_id) on update cascade on delete cascade;
