-- R32: when a contact was shown the privacy notice; of registrations older than the registry it may be unknown which
-- one. And when a contact's own fields last changed.

alter table contacts
  alter column privacy_notice_version drop not null,
  add column privacy_notice_shown_at timestamptz,
  add column updated_at timestamptz not null default now(),
  add constraint contacts_notice_shown check (privacy_notice_version is not null or privacy_notice_shown_at is null);

update contacts set privacy_notice_shown_at = registered_at, updated_at = greatest(registered_at, removed_at, (
  select max(occurred_at) from history where history.contact_id = contacts.contact_id and event like 'contact.%'));

create index contacts_by_update on contacts (updated_at, contact_id) where removed_at is null;
create index contacts_without_notice on contacts (contact_id) where removed_at is null and privacy_notice_version is null;

-- R10: how many contacts a request says that it removes; null where it does not say.
alter table change_requests add column confirm_removals integer;
