-- R37: where events are pushed to. `cursor` is the last event that deliveries were made of; secrets sign them.
create table webhook_endpoints (
  endpoint_id     uuid not null,
  client          text not null,
  credential      text not null,
  scopes          text[] not null,
  url             text not null,
  types           text[],
  description     text,
  include_data    boolean not null,
  disabled_at     timestamptz,
  disabled_reason text,
  failing_since   timestamptz,
  cursor          bigint not null,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  constraint webhook_endpoints_pk primary key (endpoint_id),
  constraint webhook_endpoints_credential_known check (credential in ('api_client', 'access_token', 'root')),
  constraint webhook_endpoints_reason_known check (disabled_reason in ('by_request', 'gone', 'failing', 'client_ended')),
  constraint webhook_endpoints_reason_when_disabled check ((disabled_at is null) = (disabled_reason is null))
);

create table webhook_secrets (
  secret_id   uuid not null,
  endpoint_id uuid not null,
  secret      text not null,
  created_at  timestamptz not null,
  expires_at  timestamptz,
  constraint webhook_secrets_pk primary key (secret_id),
  constraint webhook_secrets_endpoint_fk foreign key (endpoint_id) references webhook_endpoints (endpoint_id)
    on delete cascade
);
create index webhook_secrets_by_endpoint on webhook_secrets (endpoint_id);

-- One event for one endpoint. A delivery that is being sent has its next attempt later: if its process dies, another
-- one sends it then.
create table webhook_deliveries (
  delivery_id     uuid not null,
  endpoint_id     uuid not null,
  event_id        bigint,
  type            text not null,
  state           text not null default 'pending',
  attempts        integer not null default 0,
  created_at      timestamptz not null,
  first_attempt_at timestamptz,
  last_attempt_at timestamptz,
  next_attempt_at timestamptz,
  status          integer,
  error           text,
  duration_ms     integer,
  constraint webhook_deliveries_pk primary key (delivery_id),
  constraint webhook_deliveries_once_an_event unique (endpoint_id, event_id),
  constraint webhook_deliveries_endpoint_fk foreign key (endpoint_id) references webhook_endpoints (endpoint_id)
    on delete cascade,
  constraint webhook_deliveries_state_known check (state in ('pending', 'delivered', 'failed', 'cancelled')),
  constraint webhook_deliveries_next_while_pending check ((state = 'pending') = (next_attempt_at is not null))
);
create index webhook_deliveries_due on webhook_deliveries (endpoint_id, next_attempt_at) where state = 'pending';
create index webhook_deliveries_of_endpoint on webhook_deliveries (endpoint_id, delivery_id);
