-- Who may call: clients with what they may do, and the keys that they hold, by their digests alone. Rows stay, because the record names them.

create table api_clients (
  client_id  uuid not null,
  name       text not null,
  scopes     text[] not null,
  ip_ranges  text[] not null,
  expires_at timestamptz,
  created_at timestamptz not null,
  revoked_at timestamptz,
  constraint api_clients_pk primary key (client_id),
  constraint api_clients_some_scope check (cardinality(scopes) > 0)
);

create table api_keys (
  key_id       uuid not null,
  client_id    uuid not null,
  digest       text collate "C" not null,
  hint         text not null,
  created_at   timestamptz not null,
  expires_at   timestamptz,
  revoked_at   timestamptz,
  last_used_at timestamptz,
  constraint api_keys_pk primary key (key_id),
  constraint api_keys_client_fk foreign key (client_id) references api_clients (client_id),
  constraint api_keys_one_of_each unique (digest),
  constraint api_keys_digest_form check (digest ~ '^[A-Za-z0-9_-]{43}$')
);
create index api_keys_by_client on api_keys (client_id, key_id);

-- The person behind a client's call, by the opaque id that the identity provider gives; null where a program calls for itself.
alter table history add column on_behalf_of text;
create index history_of_api_clients on history (subject_id, occurred_at, history_id) where event like 'api_client.%';
