-- R25: a request may change nothing and say what it is about. Who filed and changed it is kept, because that client alone
-- is not to record its confirmation and apply it, too.

alter table change_requests
  add column subject text,
  add column filed_by jsonb not null default '[]',
  drop constraint change_requests_operations_list,
  add constraint change_requests_operations_list check (
    jsonb_typeof(operations) = 'array' and (jsonb_array_length(operations) > 0 or subject is not null)),
  add constraint change_requests_filed_by_list check (jsonb_typeof(filed_by) = 'array');
alter table change_requests alter column filed_by drop default;

-- Every confirmation until now was the primary's.
update change_requests set
  confirmation = jsonb_build_object(
    'confirmed_by', jsonb_build_object('contact_id', confirmation -> 'contact_id', 'name', confirmation -> 'name',
      'position', null, 'is_primary', true),
    'primary_contact_id', confirmation -> 'contact_id',
    'channel', confirmation -> 'channel',
    'note', null,
    'ticket', confirmation -> 'ticket',
    'reason', null,
    'confirmed_at', confirmation -> 'confirmed_at',
    'recorded_by', jsonb_build_object('client', confirmation -> 'client', 'credential', 'api_client', 'on_behalf_of', null))
where confirmation is not null;
