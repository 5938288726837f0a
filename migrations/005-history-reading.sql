-- The past can be asked (R26): what a contract or a contact was at any moment, who asked for its changes, and since when a contract is over its limit (R27).

alter table history add column change_request_id uuid;
drop index history_by_contract;
create index history_by_contract on history (contract_id, occurred_at, history_id) where contract_id is not null;
create index history_by_contact on history (contact_id, occurred_at, history_id) where contact_id is not null;
-- A contract's own entries, which its contacts' may outnumber by thousands.
create index history_of_contracts on history (contract_id, occurred_at, history_id) where event like 'contract.%';

create index contacts_past on contacts (contract_id, removed_at, registered_at) where removed_at is not null;

-- Clocks of processes differ: no change of a contract is recorded before the one that it follows.
alter table contracts add column changed_at timestamptz, add column over_since timestamptz;
update contracts set
  changed_at = coalesce((select max(occurred_at) from history where history.contract_id = contracts.contract_id), now()),
  over_since = case when over_limit then now() end;
alter table contracts alter column changed_at set default now(), alter column changed_at set not null;
alter table contracts add constraint contracts_over_since_when_over check ((over_since is not null) = (seats_used > seat_limit));
