-- R24, R25: what customers ask support to change of a contract's contacts, who asked, who confirmed, and what became of it.

create table change_requests (
  change_request_id  uuid not null,
  contract_id        text collate "C" not null,
  customer_id        text collate "C" not null,
  state              text not null,
  operations         jsonb not null,
  concerns_contract  boolean not null,
  requested_by       jsonb not null,
  effective_on       date,
  needs_confirmation text[] not null,
  confirmation       jsonb,
  received_at        timestamptz not null,
  closed_at          timestamptz,
  reason             text,
  refusals           jsonb not null default '[]',
  constraint change_requests_pk primary key (change_request_id),
  constraint change_requests_contract_fk foreign key (contract_id, customer_id) references contracts (contract_id, customer_id),
  constraint change_requests_state_known check (state in ('needs_primary_confirmation', 'ready', 'scheduled', 'applied', 'rejected', 'withdrawn', 'failed')),
  constraint change_requests_operations_list check (jsonb_typeof(operations) = 'array' and jsonb_array_length(operations) > 0),
  constraint change_requests_confirmed_where_needed check (
    state in ('needs_primary_confirmation', 'rejected', 'withdrawn') or needs_confirmation = '{}' or confirmation is not null),
  constraint change_requests_scheduled_for_a_day check (state not in ('scheduled', 'failed') or effective_on is not null),
  constraint change_requests_closed_when_final check ((closed_at is null) = (state in ('needs_primary_confirmation', 'ready', 'scheduled'))),
  constraint change_requests_failed_with_reasons check ((state = 'failed') = (refusals <> '[]'))
);
create index change_requests_by_contract on change_requests (contract_id, change_request_id);
create index change_requests_by_customer on change_requests (customer_id, change_request_id);
create index change_requests_by_state on change_requests (state, change_request_id);
create index change_requests_due on change_requests (effective_on, change_request_id) where state = 'scheduled';
