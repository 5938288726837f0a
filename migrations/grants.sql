-- What the role of the service may do: read and write rows, and call the job library's functions. Nothing else.
-- The owner runs this after the migrations, every time: `npm run migrate` does, and so does a start that migrates.
--   psql --single-transaction --set=database=… --set=service=… --file=migrations/grants.sql

-- Two processes that grant at once would get in each other's way.
do $$ begin perform pg_advisory_xact_lock(7019263452); end $$;

revoke all on database :"database" from public;
grant connect on database :"database" to :"service";

revoke create on schema public from public, :"service";
grant usage on schema public, pgboss to :"service";

revoke all on all tables in schema public, pgboss from public, :"service";
grant select, insert, update, delete on all tables in schema public, pgboss to :"service";
grant usage on all sequences in schema pgboss to :"service";
revoke all on all functions in schema pgboss from public;
grant execute on all functions in schema pgboss to :"service";

-- Which migrations were applied is the owner's record.
revoke insert, update, delete on kysely_migration, kysely_migration_lock from :"service";

-- R40: the record of who did what only grows. R33: erasing a person changes what an entry shows, and nothing else.
revoke update, delete on history, events, disclosures, disclosure_ends from :"service";
revoke update (before, after, requested_by, salt) on history from :"service";
revoke all on function redact_history_entries(jsonb), redact_history(jsonb), is_redaction(jsonb, jsonb) from public;
grant execute on function redact_history_entries(jsonb), redact_history(jsonb) to :"service";
revoke insert, update, delete on address_hash_key from :"service";

-- R37: how far entries of history are numbered is one row, which stays.
revoke insert, delete on event_numbering from :"service";

-- R37: up to when ends are recorded is one row, which stays.
revoke insert, delete on expiries from :"service";
