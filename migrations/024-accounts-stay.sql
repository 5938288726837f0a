-- R21: a customer has one account for an address. It closes and opens again, and goes to another address with the
-- person who alone uses it. A closed account that a newer one of its customer replaced never opens again.
alter table support_accounts
  add column in_use_since timestamptz not null default now(),
  add column superseded_at timestamptz;
update support_accounts set in_use_since = opened_at;

-- Until now an address got a new account after each closing: of those the open one stays, else the newest.
update support_accounts older set superseded_at = older.closed_at
from (
  select account_id, row_number() over (
    partition by customer_id, email_key order by closed_at desc nulls first, account_id desc) as place
  from support_accounts) ranked
where ranked.account_id = older.account_id and ranked.place > 1;

alter table support_accounts
  add constraint support_accounts_superseded_when_closed check (superseded_at is null or closed_at is not null),
  add constraint support_accounts_one_of_customer_and_address
    exclude using btree (email_key with =, customer_id with =) where (superseded_at is null) deferrable;

-- A removed contact keeps the address that it had, whatever the account's is by now.
alter table contacts drop constraint contacts_account_fk;
alter table support_accounts drop constraint support_accounts_identity;
alter table support_accounts add constraint support_accounts_customer_key unique (account_id, customer_id);
alter table contacts add constraint contacts_account_fk
  foreign key (account_id, customer_id) references support_accounts (account_id, customer_id);

-- Whether the person stood behind the account when it closed: the password stays for those who come back (R21).
alter table residual_accesses add column at_closing boolean not null default false;

-- The addresses that accounts had before, and the contacts that went along (R29: they are answered as removed).
create table left_addresses (
  account_id uuid not null,
  contact_id uuid not null,
  email text not null,
  email_key text collate "C" not null,
  held_from timestamptz not null,
  left_at timestamptz not null,
  constraint left_addresses_pk primary key (account_id, contact_id, email_key, left_at),
  constraint left_addresses_account_fk foreign key (account_id) references support_accounts (account_id),
  constraint left_addresses_contact_fk foreign key (contact_id) references contacts (contact_id),
  constraint left_addresses_term_order check (left_at >= held_from)
);
create index left_addresses_by_address on left_addresses (email_key, left_at);
