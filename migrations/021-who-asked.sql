-- R25: every entry of the record says who asked for the change, and how the change came. Personal data of the requester
-- is in this one column.

alter table history
  add column requested_by jsonb,
  add column source text;

update change_requests set
  requested_by = requested_by - 'ticket_number' || jsonb_build_object('ticket', requested_by -> 'ticket_number'),
  confirmation = confirmation - 'ticket_number' || jsonb_build_object('ticket', confirmation -> 'ticket_number');

update history set
  requested_by = request.requested_by
from change_requests request
where request.change_request_id = history.change_request_id;

update history set
  source = case
    when change_request_id is not null and event not like 'change_request.%' then 'change_request'
    when event = 'application_form.accepted' then 'application_form'
    when event = 'contract.seats_changed' then 'catalogue'
    when actor = 'madoguchi' then 'job'
    else 'direct'
  end;

alter table history
  alter column source set not null,
  add constraint history_source_known check (
    source in ('direct', 'change_request', 'application_form', 'import', 'person_change', 'succession', 'transfer', 'catalogue', 'job'));
