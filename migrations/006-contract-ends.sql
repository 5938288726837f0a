-- R28: a contract's end is recorded once: by billing's change, or by the job of the day after its last.

alter table contracts add column end_recorded_at timestamptz;
alter table contracts add constraint contracts_end_recorded_when_ending check (end_recorded_at is null or ends_on is not null);
create index contracts_end_to_record on contracts (ends_on, contract_id) where end_recorded_at is null and ends_on is not null;
