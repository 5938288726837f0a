-- Whether a mailbox is shared follows from the people who use it; that a request said so is in history. A contact that
-- goes on from a former one of the same person says from which, and since when the person is registered.

alter table contacts
  drop column shared_mailbox,
  add column first_registered_at timestamptz,
  add column carried_from uuid,
  add constraint contacts_carried_from_fk foreign key (carried_from) references contacts (contact_id);

update contacts set first_registered_at = registered_at;

alter table contacts
  alter column first_registered_at set not null,
  add constraint contacts_first_registered_before check (first_registered_at <= registered_at);
