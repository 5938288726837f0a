-- R40: an erasure says what is left of each entry that it redacts: the digest of the new content, with a new salt. So a
-- redacted entry that is altered by hand is found, as any other. The digest says nothing of other people in the entry:
-- the next erasure takes its salt away. The release before calls redact_history, which takes the salt and says nothing.
create function redact_history_entries(entries jsonb) returns table (history_id bigint, digest bytea)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
#variable_conflict use_column
begin
  perform from history
    where history_id in (select (entry ->> 'history_id')::bigint from jsonb_array_elements(entries) entry)
    order by history_id
    for update;
  if exists (
    select from jsonb_to_recordset(entries)
        as entry (history_id bigint, before jsonb, after jsonb, requested_by jsonb)
      join history using (history_id)
    where not (is_redaction(entry.before, history.before) and is_redaction(entry.after, history.after)
      and is_redaction(entry.requested_by, history.requested_by))
      or entry.before is null and history.before is not null
      or entry.after is null and history.after is not null
      or entry.requested_by is null and history.requested_by is not null
      or entry.after -> 'redacted_history_ids' is distinct from history.after -> 'redacted_history_ids'
      or entry.after -> 'redacted_digests' is distinct from history.after -> 'redacted_digests')
  then
    raise exception 'an entry of history can only lose what it said of a person' using errcode = '42501';
  end if;
  return query
    update history set before = entry.before, after = entry.after, requested_by = entry.requested_by,
      salt = gen_random_uuid()
    from jsonb_to_recordset(entries) as entry (history_id bigint, before jsonb, after jsonb, requested_by jsonb)
    where history.history_id = entry.history_id
    returning history.history_id, history_content_digest(history);
end $$;

-- What was redacted before gets digests too: of the entries that erasures name whose own content is as it was numbered.
-- They hold from now on. That an entry was not altered between its erasure and now, nothing can show.
with named as (
  select distinct named.id::bigint as history_id
  from history erasure left join events using (history_id)
    cross join jsonb_array_elements_text(erasure.after -> 'redacted_history_ids') as named (id)
  where erasure.event in ('contact.erased', 'change_request.erased', 'history.redacted')
    and (events.content is null or events.content = history_content_digest(erasure))
), resalted as (
  update history set salt = gen_random_uuid()
  from named
  where history.history_id = named.history_id and history.salt is null
  returning history.history_id, encode(history_content_digest(history), 'hex') as digest
), placed as (
  select history_id, digest, (row_number() over (order by history_id) - 1) / 10000 as part from resalted
)
insert into history (occurred_at, actor, request_id, event, subject_id, source, after)
select now(), 'madoguchi', 'migration-073', 'history.redacted', 'history', 'job', jsonb_build_object(
  'reason', 'digests_added',
  'redacted_history_ids', jsonb_agg(history_id order by history_id),
  'redacted_digests', jsonb_agg(digest order by history_id))
from placed
group by part
order by part;
