-- R40: each numbered entry of history has a hash of the hash before it and of what it says. What an erasure may take away
-- (R33) is in a digest of its own, with a salt that goes with it: the chain holds without it.
alter table history add column salt uuid;
alter table history alter column salt set default gen_random_uuid();
alter table events add column content bytea;

create function history_fixed_digest(entry history) returns bytea language sql stable return
  sha256(convert_to(jsonb_build_array(entry.history_id, extract(epoch from entry.occurred_at), entry.actor,
    entry.request_id, entry.event, entry.subject_id, entry.customer_id, entry.contract_id, entry.contact_id,
    entry.account_id, entry.change_request_id, entry.on_behalf_of, entry.source)::text, 'UTF8'));
create function history_content_digest(entry history) returns bytea language sql stable return
  sha256(convert_to(jsonb_build_array(entry.salt, entry.before, entry.after, entry.requested_by)::text, 'UTF8'));

do $$
declare
  previous bytea := '';
  entry record;
begin
  for entry in
    select events.event_id, history_fixed_digest(history) as fixed, history_content_digest(history) as content
    from events join history using (history_id)
    order by events.event_id
  loop
    previous := sha256(previous || entry.fixed || entry.content);
    update events set hash = previous, content = entry.content where event_id = entry.event_id;
  end loop;
end $$;
alter table events alter column hash set not null, alter column content set not null;
