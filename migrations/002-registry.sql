-- Customers come from the CRM, contracts from billing; contacts and support accounts are born here.

create table customers (
  customer_id text collate "C" not null,
  name        text not null,
  constraint customers_pk primary key (customer_id),
  constraint customers_id_form check (customer_id ~ '^[A-Za-z0-9._-]{1,64}$'),
  constraint customers_name_length check (char_length(name) between 1 and 200)
);

-- seat_limit follows from the catalogue and is kept here so that a registration need not read the catalogue and
-- contracts over their limit can be listed by an index. Every change of its sources writes it anew.
create table contracts (
  contract_id   text collate "C" not null,
  customer_id   text collate "C" not null,
  product_id    text collate "C" not null,
  connections   integer not null,
  starts_on     date not null,
  ends_on       date,
  seat_limit    integer not null,
  seats_used    integer not null default 0,
  registered_at timestamptz,
  -- A column, because an index on the comparison itself would make every registration write all indexes anew.
  over_limit    boolean not null generated always as (seats_used > seat_limit) stored,
  constraint contracts_pk primary key (contract_id),
  constraint contracts_customer_key unique (contract_id, customer_id),
  constraint contracts_customer_fk foreign key (customer_id) references customers (customer_id),
  constraint contracts_product_fk foreign key (product_id) references products (product_id),
  constraint contracts_id_form check (contract_id ~ '^[A-Za-z0-9._-]{1,64}$'),
  constraint contracts_connections_range check (connections between 0 and 10000),
  constraint contracts_term_order check (ends_on >= starts_on),
  constraint contracts_seat_limit_range check (seat_limit >= 0),
  constraint contracts_seats_used_range check (seats_used >= 0),
  constraint contracts_registered_when_used check (seats_used = 0 or registered_at is not null)
) with (fillfactor = 85);
create index contracts_by_customer on contracts (customer_id, contract_id);
create index contracts_by_product on contracts (product_id, contract_id);
create index contracts_over_limit on contracts (contract_id) where over_limit;
create index contracts_by_start on contracts (starts_on, contract_id);
create index contracts_by_end on contracts (coalesce(ends_on, 'infinity'::date), contract_id);

create table contract_apps (
  contract_id text collate "C" not null,
  app_id      text collate "C" not null,
  position    integer not null,
  constraint contract_apps_pk primary key (contract_id, app_id),
  constraint contract_apps_contract_fk foreign key (contract_id) references contracts (contract_id),
  constraint contract_apps_app_fk foreign key (app_id) references apps (app_id)
);
create index contract_apps_by_app on contract_apps (app_id, contract_id);

-- R16, R20: the support site holds each address once, and for one customer.
create table support_accounts (
  account_id      uuid not null,
  customer_id     text collate "C" not null,
  email           text not null,
  email_key       text collate "C" not null,
  opened_at       timestamptz not null,
  closed_at       timestamptz,
  password_set_at timestamptz,
  constraint support_accounts_pk primary key (account_id),
  constraint support_accounts_identity unique (account_id, customer_id, email_key),
  constraint support_accounts_customer_fk foreign key (customer_id) references customers (customer_id),
  constraint support_accounts_email_length check (octet_length(email) between 3 and 254),
  constraint support_accounts_email_key_form check (email_key = lower(email_key) and email_key like '%_@_%'),
  constraint support_accounts_closed_later check (closed_at >= opened_at),
  -- An exclusion rather than a unique index, because only constraints can wait for the end of the statement in which
  -- one account of an address closes and another opens.
  constraint support_accounts_one_open_per_address exclude using btree (email_key with =) where (closed_at is null) deferrable
);
create index support_accounts_by_customer on support_accounts (customer_id, account_id);

-- The composite keys keep a contact, its contract and its account with one customer and one address (R16, R20).
create table contacts (
  contact_id             uuid not null,
  contract_id            text collate "C" not null,
  customer_id            text collate "C" not null,
  account_id             uuid not null,
  role                   text not null,
  duties                 text[] not null,
  family_name            text not null,
  given_name             text,
  name_key               text not null,
  name_doubtful          boolean not null,
  email                  text not null,
  email_key              text collate "C" not null,
  shared_mailbox         boolean not null,
  privacy_notice_version text not null,
  registered_at          timestamptz not null,
  removed_at             timestamptz,
  constraint contacts_pk primary key (contact_id),
  constraint contacts_contract_fk foreign key (contract_id, customer_id) references contracts (contract_id, customer_id),
  constraint contacts_account_fk foreign key (account_id, customer_id, email_key)
    references support_accounts (account_id, customer_id, email_key),
  constraint contacts_role_known check (role in ('primary', 'secondary')),
  constraint contacts_duties_known check (duties <@ array['system', 'operations', 'contract']),
  constraint contacts_family_name_length check (char_length(family_name) between 1 and 64),
  constraint contacts_given_name_length check (char_length(given_name) between 1 and 64),
  constraint contacts_name_without_separator check (family_name !~ '[/／]' and given_name !~ '[/／]'),
  constraint contacts_email_length check (octet_length(email) between 3 and 254),
  constraint contacts_removed_later check (removed_at >= registered_at),
  -- Exclusions for the same reason: a statement may swap two contacts.
  constraint contacts_one_primary_per_contract exclude using btree (contract_id with =)
    where (role = 'primary' and removed_at is null) deferrable,
  constraint contacts_one_person_per_contract exclude using btree (contract_id with =, account_id with =, name_key with =)
    where (removed_at is null) deferrable
);
create index contacts_present on contacts (contact_id) where removed_at is null;
create index contacts_by_contract on contacts (contract_id, contact_id) where removed_at is null;
create index contacts_by_customer on contacts (customer_id, contact_id) where removed_at is null;
create index contacts_by_account on contacts (account_id) where removed_at is null;

-- R21: people who left a shared mailbox and may still read it, until its password is changed.
create table residual_accesses (
  account_id uuid not null,
  contact_id uuid not null,
  left_at    timestamptz not null,
  constraint residual_accesses_pk primary key (account_id, contact_id),
  constraint residual_accesses_account_fk foreign key (account_id) references support_accounts (account_id),
  constraint residual_accesses_contact_fk foreign key (contact_id) references contacts (contact_id)
);
