import t from 'tap'
import { notedCluster } from '../../helpers/cluster.ts'
import { fillContract } from '../../helpers/fixtures.ts'
import { query } from '../../helpers/query.ts'
import { testService } from '../../helpers/test-service.ts'
import { emptyDatabase } from '../../helpers/test-database.ts'
import { ensureRoles, grantToService } from '#db/schema/roles.ts'
import { findServiceRole } from '#db/schema/service-role.ts'
import { migrateForService } from '#start/migrate-database.ts'

const service = await testService(t)
const { url, owner_url, database } = service
await fillContract(service.call, 'C', 2)

const DENIED = '42501'

const FORBIDDEN = {
  'change an entry': "update history set actor = 'somebody else'",
  'move an entry': 'update history set occurred_at = now()',
  'remove an entry': 'delete from history',
  'empty history': 'truncate history',
  'empty a table': 'truncate contacts cascade',
  'drop a table': 'drop table history',
  'drop a schema': 'drop schema pgboss cascade',
  'make a table': 'create table public.mine (n integer)',
  'make a temporary table': 'create temporary table mine (n integer)',
  'make a schema': 'create schema mine',
  'make a function': 'create function public.mine() returns integer language sql as $$ select 1 $$',
  'make an extension': 'create extension plpython3u',
  'change a table': 'alter table history add column mine integer',
  'drop a constraint': 'alter table history drop constraint history_says_something',
  'switch triggers off': 'alter table history disable trigger all',
  'make a trigger':
    'create trigger mine before insert on history execute function suppress_redundant_updates_trigger()',
  'make a rule': 'create rule mine as on insert to history do instead nothing',
  'go around foreign keys': "set session_replication_role = 'replica'",
  'take the owner of a table': 'alter table history owner to madoguchi_service',
  'give itself rights': 'do $$ begin grant all on history to madoguchi_service; delete from history; end $$',
  'become the owner': 'set role madoguchi_owner',
  'become the superuser': 'set session authorization app',
  'raise its own role': 'alter role madoguchi_service createdb',
  'make a role': 'create role mine',
  'make a database': 'create database mine',
  'change what migrations were applied': 'delete from kysely_migration',
  'read passwords': 'select rolpassword from pg_authid',
  'run a program': "copy (select 1) to program 'id'",
  'read from a program': "copy contacts from program 'id'",
  'write a file': "copy (select 1) to '/tmp/mine'",
  'read a file': "select pg_read_file('/etc/passwd')",
  'read a folder': "select pg_ls_dir('/')",
  'change the server': "alter system set fsync = 'off'",
  'keep a large file': "select lo_import('/etc/passwd')",
  'stop the folder owner': "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app'",
}

for (const [what, sql] of Object.entries(FORBIDDEN))
  t.test(`R40: the role of the service may not ${what}`, async t => {
    await t.rejects(query(url, sql), { code: DENIED })
  })

t.test('R33: of an entry it may blank what names a person, by one function alone', async t => {
  const entry = "(select * from history where event = 'contact.registered' limit 1) e"
  const blanked = `to_jsonb(e) || jsonb_build_object('after', e.after || '{"family_name": null}')`
  await query(url, `select redact_history_entries(jsonb_build_array(${blanked})) from ${entry}`)
  const { rows } = await query(url, "select from history where after -> 'family_name' = 'null'")
  t.equal(rows.length, 1)
  const rights = await query(
    owner_url,
    `select count(*)::integer as columns from information_schema.column_privileges
      where grantee = 'madoguchi_service' and table_name = 'history' and privilege_type = 'UPDATE'`,
  )
  t.same(rights.rows, [{ columns: 0 }], 'no column of history can be updated')
})

t.test('R40: it enters no other database', async t => {
  const { superuser_url } = await notedCluster()
  await t.rejects(query(inDatabase('postgres', url), 'select 1'), { code: DENIED })
  await t.rejects(query(inDatabase('template1', url), 'select 1'), { code: DENIED })
  const { rows } = await query(superuser_url, "select rolname from pg_roles where rolsuper and rolname <> 'app'")
  t.strictSame(rows, [], 'there is one superuser, and the service is another role')
})

t.test('R40: every table is the owner’s, and the service has rows alone', async t => {
  const { rows } = await query(
    owner_url,
    `select relname, pg_get_userbyid(relowner) as owner,
        has_table_privilege('madoguchi_service', oid, 'truncate, references, trigger, maintain') as more
      from pg_class
      where relkind in ('r', 'p') and relnamespace in ('public'::regnamespace, 'pgboss'::regnamespace)`,
  )
  t.ok(rows.length > 20)
  t.strictSame(
    rows.filter(({ owner, more }) => owner !== 'madoguchi_owner' || more),
    [],
  )
  t.strictSame(await findServiceRole(database), {
    role: 'madoguchi_service',
    is_superuser: false,
    is_owner: false,
    may_rewrite_history: false,
  })
})

t.test('migrations and grants may be repeated, by several processes at once', async t => {
  const results = await Promise.allSettled(
    [1, 2, 3].map(async () => await grantToService(owner_url, 'madoguchi_service')),
  )
  t.strictSame(
    results.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'fulfilled'],
  )
  await t.rejects(query(url, 'delete from history'), { code: DENIED })
  t.equal((await service.call('GET', '/v1/contracts/C')).status, 200)
})

t.test('a database that a superuser owned until now gets both roles, and its owner the tables', async t => {
  const { superuser_url } = await notedCluster()
  const urls = await emptyDatabase(t)
  const name = new URL(urls.url).pathname.slice(1)
  const as_superuser = inDatabase(name, superuser_url)
  await query(superuser_url, `alter database ${name} owner to app`)
  await migrateForService(as_superuser, null)
  await t.rejects(query(urls.url, 'select from history'), { code: DENIED })
  const roles = { owner: 'madoguchi_owner', service: 'madoguchi_service', owner_password: '', service_password: '' }
  await ensureRoles(as_superuser, roles)
  await ensureRoles(as_superuser, roles)
  await migrateForService(urls.url, urls.owner_url)
  const { rows } = await query(
    as_superuser,
    `select oid::regclass::text from pg_class
      where pg_get_userbyid(relowner) = 'app' and relnamespace in ('public'::regnamespace, 'pgboss'::regnamespace)
      union all
      select oid::regprocedure::text from pg_proc
      where pg_get_userbyid(proowner) = 'app' and pronamespace in ('public'::regnamespace, 'pgboss'::regnamespace)
      union all
      select oid::regtype::text from pg_type
      where pg_get_userbyid(typowner) = 'app' and typnamespace in ('public'::regnamespace, 'pgboss'::regnamespace)
      union all
      select nspname from pg_namespace where pg_get_userbyid(nspowner) = 'app' and nspname in ('public', 'pgboss')
      union all
      select datname from pg_database where pg_get_userbyid(datdba) = 'app' and datname = current_database()`,
  )
  t.strictSame(rows, [])
  await query(urls.url, 'select from history')
})

t.test('a role that makes roles without being a superuser can do it too; superusers are refused as roles', async t => {
  const { superuser_url } = await notedCluster()
  const { owner_url } = await emptyDatabase(t)
  const name = new URL(owner_url).pathname.slice(1)
  const as_superuser = inDatabase(name, superuser_url)
  const [admin, owner, worker] = ['admin', 'owner', 'worker'].map(kind => `${kind}_of_${name}`)
  const at = (role: string | undefined): string =>
    Object.assign(new URL(owner_url), { username: role, password: 'p@ss/wörd' }).href
  await query(superuser_url, `create role ${admin} login createrole createdb password 'p@ss/wörd'`)
  await query(superuser_url, `alter database ${name} owner to ${admin}`)
  t.teardown(async () => {
    const roles = `${owner}, ${worker}, ${admin}`
    await query(as_superuser, `drop owned by ${roles} cascade; alter database ${name} owner to madoguchi_owner`)
    await query(superuser_url, `drop role ${roles}`)
  })
  const roles = { owner: owner!, service: worker!, owner_password: 'p@ss/wörd', service_password: 'p@ss/wörd' }
  await ensureRoles(at(admin), roles)
  await migrateForService(at(worker), at(owner))
  await query(at(worker), 'select from history')
  await t.rejects(query(at(worker), 'delete from history'), { code: DENIED })
  await t.rejects(ensureRoles(at(admin), { ...roles, service: owner! }), /two roles/)
  await t.rejects(ensureRoles(superuser_url, { ...roles, service: 'app' }), /is a superuser/)
})

function inDatabase(name: string, other: string): string {
  return Object.assign(new URL(other), { pathname: `/${name}` }).href
}
