-- R33: what is kept for a time only. The worker finds by these indexes whose time is over.
alter table change_requests add column erased_at timestamptz,
  add constraint change_requests_erased_when_final check (erased_at is null or closed_at is not null);
create index change_requests_rejected_of_strangers on change_requests (change_request_id)
  where state = 'rejected' and erased_at is null and requested_by ->> 'contact_id' is null;
create index contacts_removed_not_erased on contacts (contact_id) where removed_at is not null and erased_at is null;
