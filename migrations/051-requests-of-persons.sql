-- R34: a change request of a person is found by the contracts of the person: those that its contact stands on while it is
-- open, and those that it has changed.
create index change_requests_by_person on change_requests ((person_change ->> 'contact_id'), change_request_id)
  where contract_id is null;
create index history_of_requests on history (contract_id, change_request_id)
  where change_request_id is not null and contact_id is not null;
