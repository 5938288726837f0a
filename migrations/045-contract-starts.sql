-- R37: that a contract begins is an event, also if nobody calls on that day. Billing's change says so itself where the day
-- has come already.
alter table contracts add column awaits_start boolean not null default false;
update contracts set awaits_start = true where starts_on > current_date;
create index contracts_start_to_record on contracts (starts_on, contract_id) where awaits_start;
