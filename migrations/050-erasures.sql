-- R33: an erased person keeps ids, times and a keyed hash of the address, in place of the address. The key is one row:
-- with it, the service can still say that an address was registered once.
alter table contacts
  add column erased_at timestamptz,
  add constraint contacts_erased_when_removed check (erased_at is null or removed_at is not null);
alter table support_accounts
  add column erased_at timestamptz,
  add constraint support_accounts_erased_when_closed check (erased_at is null or superseded_at is not null);

create table address_hash_key (
  only_row boolean not null default true,
  key      bytea not null,
  constraint address_hash_key_pk primary key (only_row),
  constraint address_hash_key_one_row check (only_row),
  constraint address_hash_key_length check (octet_length(key) = 32)
);
insert into address_hash_key (key)
select decode(string_agg(replace(gen_random_uuid()::text, '-', ''), ''), 'hex') from generate_series(1, 2);

-- Whether a document is another one with parts blanked: null, or the word for what was erased.
create function is_redaction(kept jsonb, original jsonb) returns boolean
language plpgsql immutable
as $$
begin
  if kept is not distinct from original or kept = 'null' or kept is null then return true; end if;
  if jsonb_typeof(kept) = 'string' then
    return string_to_array(kept #>> '{}', '/') <@ (array['[erased]'] || string_to_array(original #>> '{}', '/'))
      and jsonb_typeof(original) = 'string';
  end if;
  if jsonb_typeof(kept) <> jsonb_typeof(original) then return false; end if;
  if jsonb_typeof(kept) = 'object' then
    return not exists (
      select from jsonb_each(kept) part full join jsonb_each(original) other using (key)
      where part.value is null or other.value is null or not is_redaction(part.value, other.value));
  end if;
  if jsonb_typeof(kept) = 'array' and jsonb_array_length(kept) = jsonb_array_length(original) then
    return not exists (
      select from jsonb_array_elements(kept) with ordinality part (value, place)
        join jsonb_array_elements(original) with ordinality other (value, place) using (place)
      where not is_redaction(part.value, other.value));
  end if;
  return false;
end $$;

-- R33, R40: blanks parts of entries of history. The service may call this and cannot change an entry otherwise. What an
-- entry says after it, it said before.
create function redact_history(entries jsonb) returns integer
language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  redacted integer;
begin
  if exists (
    select from jsonb_to_recordset(entries)
        as entry (history_id bigint, before jsonb, after jsonb, requested_by jsonb)
      join history using (history_id)
    where not (is_redaction(entry.before, history.before) and is_redaction(entry.after, history.after)
      and is_redaction(entry.requested_by, history.requested_by))
      or entry.before is null and history.before is not null
      or entry.after is null and history.after is not null
      or entry.requested_by is null and history.requested_by is not null)
  then
    raise exception 'an entry of history can only lose what it said of a person' using errcode = '42501';
  end if;
  update history set before = entry.before, after = entry.after, requested_by = entry.requested_by,
    salt = null
  from jsonb_to_recordset(entries) as entry (history_id bigint, before jsonb, after jsonb, requested_by jsonb)
  where history.history_id = entry.history_id;
  get diagnostics redacted = row_count;
  return redacted;
end $$;
