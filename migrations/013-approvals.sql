-- R24: a job applies a request with the rights of the client that approved it, so that the record says which one that was.

alter table change_requests
  add column approved_by jsonb,
  add column approved_at timestamptz,
  drop constraint change_requests_state_known,
  drop constraint change_requests_scheduled_for_a_day,
  drop constraint change_requests_closed_when_final;

-- No approval of what was scheduled until now is known.
update change_requests set state = 'needs_approval' where state = 'scheduled';

alter table change_requests
  add constraint change_requests_state_known check (
    state in ('needs_primary_confirmation', 'needs_approval', 'ready', 'scheduled', 'applied', 'rejected', 'withdrawn', 'failed')),
  add constraint change_requests_scheduled_for_a_day check (
    state not in ('needs_approval', 'scheduled', 'failed') or effective_on is not null),
  add constraint change_requests_closed_when_final check (
    (closed_at is null) = (state in ('needs_primary_confirmation', 'needs_approval', 'ready', 'scheduled'))),
  add constraint change_requests_approved_when_scheduled check (
    case state when 'scheduled' then approved_by is not null when 'needs_approval' then approved_by is null else true end),
  add constraint change_requests_approved_for_a_day check (approved_by is null or effective_on is not null),
  add constraint change_requests_approval_dated check ((approved_by is null) = (approved_at is null)),
  add constraint change_requests_credential_known check (
    approved_by is null
      or (approved_by ? 'client' and coalesce(approved_by ->> 'credential' in ('api_client', 'access_token', 'root'), false)));
