-- R37: clients, keys and secrets end at moments that were said before. History has these ends up to this moment.
create table expiries (
  only_row boolean not null default true,
  recorded_until timestamptz not null,
  constraint expiries_pk primary key (only_row),
  constraint expiries_one_row check (only_row)
);
insert into expiries (recorded_until) values ('epoch');
create index api_clients_by_expiry on api_clients (expires_at);
create index api_keys_by_expiry on api_keys (expires_at);
