-- R23: the one form that registered a contract's first contacts, with its version, and when and how it came in.

create table application_forms (
  contract_id            text collate "C" not null,
  customer_id            text collate "C" not null,
  form_version           text collate "C" not null,
  received_on            date not null,
  channel                text not null,
  privacy_notice_version text not null,
  seat_limit             integer not null,
  registered_at          timestamptz not null,
  contact_ids            uuid[] not null,
  constraint application_forms_pk primary key (contract_id),
  constraint application_forms_contract_fk foreign key (contract_id, customer_id) references contracts (contract_id, customer_id),
  constraint application_forms_version_form check (form_version ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  constraint application_forms_channel_known check (channel in ('mail', 'web', 'chat', 'phone', 'form')),
  constraint application_forms_within_limit check (cardinality(contact_ids) between 1 and seat_limit)
);
