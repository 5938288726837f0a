-- What changed, when, by which client, under which request. Written in the transaction of the change itself.

create table history (
  history_id  bigint generated always as identity,
  occurred_at timestamptz not null,
  actor       text not null,
  request_id  text not null,
  event       text not null,
  customer_id text collate "C",
  contract_id text collate "C",
  contact_id  uuid,
  account_id  uuid,
  subject_id  text collate "C" not null,
  before      jsonb,
  after       jsonb,
  constraint history_pk primary key (history_id),
  constraint history_event_form check (event ~ '^[a-z_]+\.[a-z_]+$'),
  constraint history_says_something check (before is not null or after is not null)
);
create index history_by_contract on history (contract_id, history_id) where contract_id is not null;

-- The first answer to a creating request, kept for its repeats (Idempotency-Key). Not jsonb, which puts its fields in
-- another order: a repeat gets the same bytes, because it has the same strong entity tag.
create table idempotency_keys (
  client      text not null,
  key         text not null,
  fingerprint text not null,
  outcome     json not null,
  created_at  timestamptz not null,
  constraint idempotency_keys_pk primary key (client, key)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);
