-- Who took which list of people out of the registry, for what, and how many rows (R31, R32). Rows are only added: a file
-- that is read for minutes has a row when it begins, and another table says how it ended.

create table disclosures (
  disclosure_id uuid not null,
  taken_at      timestamptz not null,
  client        text not null,
  credential    text not null,
  on_behalf_of  text,
  operation     text not null,
  format        text not null,
  purpose       text,
  filter        jsonb not null,
  request_id    text not null,
  rows          integer,
  constraint disclosures_pk primary key (disclosure_id),
  constraint disclosures_credential_known check (credential in ('api_client', 'access_token', 'root')),
  constraint disclosures_format_known check (format in ('json', 'ndjson', 'csv')),
  constraint disclosures_rows_of_pages check ((rows is null) = (format <> 'json')),
  constraint disclosures_rows_range check (rows >= 0)
);
create index disclosures_by_time on disclosures (taken_at, disclosure_id);
create index disclosures_by_client on disclosures (client, taken_at, disclosure_id);

create table disclosure_ends (
  disclosure_id uuid not null,
  ended_at      timestamptz not null,
  rows          integer not null,
  is_complete   boolean not null,
  constraint disclosure_ends_pk primary key (disclosure_id),
  constraint disclosure_ends_disclosure_fk foreign key (disclosure_id) references disclosures (disclosure_id),
  constraint disclosure_ends_rows_range check (rows >= 0)
);
