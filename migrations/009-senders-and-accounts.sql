-- R29–R31: who is, and who was, behind an address; which customers a domain is known to be of; whom notices go to.

create index support_accounts_closed_by_address on support_accounts (email_key) where closed_at is not null;
create index support_accounts_by_domain on support_accounts (split_part(email_key, '@', 2), customer_id) where closed_at is null;
create index contacts_removed_by_account on contacts (account_id, removed_at) where removed_at is not null;

-- Contacts who changed their address: the account that they left, and when.
create index history_of_departures on history ((before ->> 'account_id'), occurred_at)
  where event = 'contact.changed' and before ->> 'account_id' <> after ->> 'account_id';

-- Lists of the open accounts, which are one table's worth apart from those that closed over the years.
create index support_accounts_open on support_accounts (account_id) where closed_at is null;
create index support_accounts_closed on support_accounts (account_id) where closed_at is not null;
