-- R39: files that clients import. What was received is kept until the import is deleted, by hand or after 30 days.

create table imports (
  import_id uuid not null,
  state text not null,
  media_type text not null,
  header text[],
  dry_run boolean not null,
  on_problem text not null,
  accept_over_limit boolean not null,
  privacy_notice_version text,
  authority jsonb not null,
  request_id text not null,
  -- Null while the file is being received: such an import is not listed.
  received_at timestamptz,
  started_at timestamptz,
  -- When a batch of its rows was last worked off.
  touched_at timestamptz not null,
  ended_at timestamptz,
  fault jsonb,
  rows_total integer not null default 0,
  rows_created integer not null default 0,
  rows_changed integer not null default 0,
  rows_unchanged integer not null default 0,
  rows_refused integer not null default 0,
  rows_skipped integer not null default 0,
  constraint imports_pk primary key (import_id),
  constraint imports_state_known check (state in ('received', 'running', 'finished', 'failed', 'cancelled')),
  constraint imports_on_problem_known check (on_problem in ('skip_row', 'skip_contract')),
  constraint imports_failed_with_reason check ((state = 'failed') = (fault is not null)),
  constraint imports_ended_when_final check ((ended_at is not null) = (state in ('finished', 'failed', 'cancelled'))),
  constraint imports_done_within_total check (
    rows_created + rows_changed + rows_unchanged + rows_refused + rows_skipped <= rows_total)
);
create index imports_open on imports (received_at, import_id) where state in ('received', 'running');
create index imports_by_age on imports (touched_at);

create table import_rows (
  import_id uuid not null,
  line integer not null,
  type text not null,
  customer_id text collate "C",
  contract_id text collate "C",
  -- The addresses that the row names, by which two customers may meet (R20).
  email_keys text[] not null,
  fields json not null,
  cells text[],
  errors json,
  outcome text,
  contact_id uuid,
  problems json,
  warnings json,
  duplicates json,
  constraint import_rows_pk primary key (import_id, line),
  constraint import_rows_import_fk foreign key (import_id) references imports (import_id) on delete cascade,
  constraint import_rows_type_known check (type in ('customer', 'contract', 'roster', 'contact')),
  constraint import_rows_outcome_known check (
    outcome in ('created', 'changed', 'unchanged', 'refused', 'skipped'))
);
create index import_rows_by_outcome on import_rows (import_id, outcome, line);
create index import_rows_by_contract on import_rows (import_id, contract_id, line) where contract_id is not null;
create index import_rows_by_customer on import_rows (import_id, customer_id, line) where type = 'customer';

-- What is still to be done of an import: a customer or a contract, with all its rows. Units of one group follow each
-- other, because the outcome of one may hang on another: those of one customer, and of customers who share an address.
create table import_units (
  import_id uuid not null,
  kind text not null,
  id text collate "C" not null,
  group_id text collate "C" not null,
  rows integer not null,
  constraint import_units_pk primary key (import_id, kind, id),
  constraint import_units_import_fk foreign key (import_id) references imports (import_id) on delete cascade,
  constraint import_units_kind_known check (kind in ('customer', 'contract'))
);
create index import_units_in_order on import_units (import_id, group_id, kind desc, id);
