-- R29, R30: who is, and who was, behind an address; and which customers a domain is known to be of.

create index support_accounts_closed_by_address on support_accounts (email_key) where closed_at is not null;
create index support_accounts_by_domain on support_accounts (split_part(email_key, '@', 2), customer_id) where closed_at is null;
create index contacts_removed_by_account on contacts (account_id, removed_at) where removed_at is not null;

-- Contacts who changed their address: the account that they left, and when.
create index history_of_departures on history ((before ->> 'account_id'), occurred_at)
  where event = 'contact.changed' and before ->> 'account_id' <> after ->> 'account_id';
