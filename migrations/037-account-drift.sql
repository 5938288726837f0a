-- R37: the users of the help desk while a drift report is made, and the accounts that they are compared with. Nothing
-- of it has to survive a crash: a report is asked for again.
create unlogged table drift_lines (
  report_id    uuid not null,
  line         integer not null,
  kind         text not null,
  external_id  text collate "C",
  email        text,
  email_key    text collate "C",
  name         text,
  is_suspended boolean not null default false,
  refusal      text,
  errors       jsonb,
  repeats_line integer,
  account_id   uuid,
  is_open      boolean not null default false,
  is_linked    boolean not null default false,
  target_email text,
  target_key   text collate "C",
  holder_line  integer,
  is_freed     boolean not null default false,
  anchor       integer not null,
  depth        integer not null default 0,
  constraint drift_lines_pk primary key (report_id, line)
);
create index drift_lines_by_user on drift_lines (report_id, external_id);
create index drift_lines_by_address on drift_lines (report_id, email_key);
create index drift_lines_by_account on drift_lines (report_id, account_id);
create index drift_lines_in_order on drift_lines (report_id, anchor, depth, line);
create index drift_lines_waiting on drift_lines (report_id, holder_line) where holder_line is not null;

create unlogged table drift_accounts (
  report_id   uuid not null,
  account_id  uuid not null,
  external_id text collate "C",
  email       text not null,
  email_key   text collate "C" not null,
  is_open     boolean not null,
  is_first    boolean not null,
  constraint drift_accounts_pk primary key (report_id, account_id)
);
create index drift_accounts_by_user on drift_accounts (report_id, external_id);
create index drift_accounts_by_address on drift_accounts (report_id, email_key);
