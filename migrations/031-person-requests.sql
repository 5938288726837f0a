-- R34: a request may be about a person, on all contracts of the customer, in place of a contract and its operations.
-- Several primaries may have to confirm it; each confirmation is kept.
alter table change_requests
  alter column contract_id drop not null,
  add column person_change jsonb,
  add column confirmations jsonb not null default '[]',
  add constraint change_requests_contract_or_person check ((contract_id is null) = (person_change is not null)),
  add constraint change_requests_confirmations_list check (jsonb_typeof(confirmations) = 'array'),
  drop constraint change_requests_operations_list,
  add constraint change_requests_operations_list check (jsonb_typeof(operations) = 'array' and
    case when person_change is null then jsonb_array_length(operations) > 0 or subject is not null
    else operations = '[]' end);

update change_requests set confirmations = jsonb_build_array(confirmation) where confirmation is not null;
