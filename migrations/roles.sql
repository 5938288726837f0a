-- The two roles of a registry: the owner, which migrates, and the role of the service, which reads and writes rows.
-- A superuser, or the database's owner with CREATEROLE and CREATEDB, runs this in the registry's own database, as often
-- as needed:
--   psql --single-transaction --set=owner=… --set=service=… --set=owner_password=… --set=service_password=… \
--     --file=migrations/roles.sql
-- An empty password is not set. What the running role owned until now goes to the owner.

set local madoguchi.owner to :'owner';
set local madoguchi.service to :'service';
set local madoguchi.owner_password to :'owner_password';
set local madoguchi.service_password to :'service_password';

do $$
declare
  owner text := current_setting('madoguchi.owner');
  service text := current_setting('madoguchi.service');
  role record;
  statement text;
begin
  perform pg_advisory_xact_lock(7019263451);
  if owner = service then
    raise exception 'the owner and the role of the service are two roles';
  end if;

  for role in
    select given.name, password, rolname is not null as is_known, coalesce(rolsuper, false) as is_superuser
    from (values
        (owner, current_setting('madoguchi.owner_password')),
        (service, current_setting('madoguchi.service_password'))) as given (name, password)
      left join pg_roles on rolname = given.name
  loop
    if role.is_superuser then
      raise exception 'the role "%" is a superuser: name another', role.name;
    end if;
    if not role.is_known then
      execute format('create role %I login', role.name);
    end if;
    if role.password <> '' then
      execute format('alter role %I password %L', role.name, role.password);
    end if;
  end loop;

  -- A role that is no superuser gives things only to roles that it belongs to.
  if not (select rolsuper from pg_roles where rolname = current_user) and current_user <> owner then
    execute format('grant %I to current_user with inherit true, set true', owner);
  end if;

  for statement in
    with own as (
      select oid, nspname from pg_namespace where nspname in ('public', 'pgboss')
    ), extension_object as (
      select classid, objid from pg_depend where deptype = 'e'
    ), me as (
      select oid from pg_roles where rolname = current_user and rolname <> owner
    ), thing as (
      select 1 as step, format('database %I', datname) as name
      from pg_database join me on me.oid = datdba
      where datname = current_database()
      union all
      select 2, format('schema %I', nspname)
      from pg_namespace join me on me.oid = nspowner
      where nspname in ('public', 'pgboss')
      union all
      -- A sequence of a column goes along with its table.
      select 3, format('table %I.%I', nspname, relname)
      from pg_class join me on me.oid = relowner join own on own.oid = relnamespace
      where (relkind in ('r', 'p', 'v', 'm', 'f') or relkind = 'S' and not exists (
          select from pg_depend
          where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype in ('a', 'i')))
        and ('pg_class'::regclass::oid, pg_class.oid) not in (select classid, objid from extension_object)
      union all
      select 4, format('routine %s', pg_proc.oid::regprocedure)
      from pg_proc join me on me.oid = proowner join own on own.oid = pronamespace
      where ('pg_proc'::regclass::oid, pg_proc.oid) not in (select classid, objid from extension_object)
      union all
      select 5, format('type %I.%I', nspname, typname)
      from pg_type join me on me.oid = typowner join own on own.oid = typnamespace
      where typtype in ('d', 'e', 'r')
        and ('pg_type'::regclass::oid, pg_type.oid) not in (select classid, objid from extension_object)
    )
    select format('alter %s owner to %I', thing.name, owner) from thing order by step
  loop
    execute statement;
  end loop;
end $$;
