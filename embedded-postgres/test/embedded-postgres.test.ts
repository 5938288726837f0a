import { chmodSync, chownSync, cpSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EmbeddedPostgresInUseError } from '@madoguchi/embedded-postgres/in-use-error'
import pg from 'pg'
import t from 'tap'
import {
  answers,
  ask,
  hasPidFile,
  killHard,
  ownerLocks,
  ownerStarted,
  serverPid,
  spawnOwner,
  start,
  until,
} from './server-folder.ts'
import { DAMAGED_FOLDERS } from './damaged-folders.ts'
import { dataFolder } from './data-folder.ts'
import { KILLED_SERVERS } from './killed-servers.ts'

const isRoot = process.getuid?.() === 0

// initdb is slow: a single stopped cluster is made, and each test works on a copy.
const folder = dataFolder(t)
const seed = join(folder, 'seed')
await (await start(seed)).stop()

function copyOfSeed(name: string): string {
  const home = join(folder, name)
  cpSync(seed, home, { recursive: true })
  chmodSync(join(home, 'pg18'), 0o700) // not copied, and Postgres insists
  return home
}

t.test('a new folder gets a closed, UTF-8 cluster with the database', async t => {
  const home = join(dataFolder(t), 'new')
  const postgres = await start(home)
  t.teardown(postgres.stop)
  t.match(await ask(postgres.url, 'select version()'), /^PostgreSQL 18\./)
  t.equal(await ask(postgres.url, 'select current_database()'), 'madoguchi')
  t.equal(
    await ask(
      postgres.url,
      "select encoding || datlocprovider || datlocale from pg_database where datname = 'madoguchi'",
    ),
    '6bC.UTF-8',
  )
  t.equal(await ask(postgres.url, 'show listen_addresses'), '127.0.0.1')
  t.equal(await ask(postgres.url, 'show unix_socket_directories'), '')
  t.equal(await ask(postgres.url, 'show fsync'), 'off', 'settings are passed on')
  t.equal(
    await ask(postgres.url, "select count(*)::int from pg_hba_file_rules where auth_method <> 'scram-sha-256'"),
    0,
  )
  t.equal(statSync(home).mode & 0o777, isRoot ? 0o711 : 0o700, 'closed, but for the account that root starts it as')
  t.equal(statSync(join(home, 'password')).mode & 0o777, 0o600)
  await t.rejects(ask(postgres.url.replace(/app:[^@]+@/, 'app:wrong@'), 'select 1'), { code: '28P01' })
})

t.test('started by root, the server has none of its rights to files', { skip: !isRoot }, async t => {
  const around = dataFolder(t)
  const home = join(around, 'unprivileged')
  writeFileSync(join(around, 'kept'), 'secret', { mode: 0o600 })
  const postgres = await start(home)
  t.teardown(postgres.stop)
  const status = readFileSync(`/proc/${serverPid(home)}/status`, 'utf8')
  const [uid = '0', ...others] = /^Uid:\t(.*)$/m.exec(status)![1]!.split('\t')
  t.not(uid, '0')
  t.ok(others.every(other => other === uid))
  t.match(status, /^Groups:\s*$/m)
  for (const kind of ['CapInh', 'CapPrm', 'CapEff', 'CapAmb']) t.match(status, new RegExp(`^${kind}:\t0+$`, 'm'))
  await t.rejects(ask(postgres.url, `select pg_read_file('${join(around, 'kept')}')`), { code: '42501' })
  await t.rejects(ask(postgres.url, "select pg_read_file('/etc/shadow')"), { code: '42501' })
  await t.rejects(ask(postgres.url, `copy (select 1) to '${join(home, 'admin-api-key')}'`), { code: '42501' })
  t.equal(statSync(home).uid, 0, 'the folder around the cluster stays with root')
  t.equal(statSync(join(home, 'pg18')).uid, Number(uid))
  t.equal(statSync(join(home, 'pg18')).mode & 0o777, 0o700)
})

t.test('the server can gain no further rights', { skip: !existsSync('/usr/bin/setpriv') }, async t => {
  const home = copyOfSeed('rights')
  const postgres = await start(home)
  t.teardown(postgres.stop)
  t.match(readFileSync(`/proc/${serverPid(home)}/status`, 'utf8'), /^NoNewPrivs:\t1$/m)
})

t.test("started by root on a user's folder, the server is that user's", { skip: !isRoot }, async t => {
  const home = copyOfSeed('user')
  chownSync(home, 1234, 1234)
  const postgres = await start(home)
  t.teardown(postgres.stop)
  t.equal(statSync(`/proc/${serverPid(home)}`).uid, 1234)
  for (const name of ['', 'pg18', 'password']) t.equal(statSync(join(home, name)).uid, 1234, name)
})

t.test('a second start keeps what was written; stop ends the server and may be called again', async t => {
  const home = copyOfSeed('warm')
  const first = await start(home)
  await ask(first.url, 'create table kept as select 7 as n')
  await Promise.all([first.stop(), first.stop()])
  t.notOk(hasPidFile(home))
  await first.stop()
  const second = await start(home)
  t.equal(await ask(second.url, 'select n from kept'), 7)
  await first.stop()
  t.equal(await ask(second.url, 'select n from kept'), 7, 'a late stop of the first leaves the second alone')
  await second.stop()
})

t.test('after kill -9 of the service the next start adopts its server', async t => {
  const home = copyOfSeed('adopted')
  const owner = spawnOwner(home)
  await ownerStarted(owner)
  const pid = serverPid(home)
  await killHard(owner)
  const next = await start(home)
  t.equal(serverPid(home), pid)
  t.ok(await answers(next.url))
  await next.stop()
  t.notOk(hasPidFile(home))
})

t.test('a folder in use is refused, and its owner is not disturbed', async t => {
  const home = copyOfSeed('in-use')
  const owner = await start(home)
  t.teardown(owner.stop)
  const session = new pg.Client({ connectionString: owner.url })
  await session.connect()
  const refusal = await start(home).then(
    () => undefined,
    (error: unknown) => error,
  )
  t.ok(refusal instanceof EmbeddedPostgresInUseError)
  t.match(String(refusal), home)
  t.match(String(refusal), 'another running service uses it')
  t.equal((await session.query('select 1')).rowCount, 1, 'the very session goes on')
  await session.end()
})

t.test('of several starts at once one gets the folder', async t => {
  const home = join(dataFolder(t), 'race')
  const results = await Promise.allSettled([start(home), start(home), start(home)])
  const started = results.filter(r => r.status === 'fulfilled')
  t.equal(started.length, 1)
  t.ok(results.every(r => r.status === 'fulfilled' || r.reason instanceof EmbeddedPostgresInUseError))
  const [winner] = started
  t.ok(winner && (await answers(winner.value.url)))
  await winner?.value.stop()
})

t.test('a lost owner session is taken again from the same server', async t => {
  const home = copyOfSeed('session')
  const postgres = await start(home)
  t.teardown(postgres.stop)
  const pid = serverPid(home)
  const sessions = "from pg_stat_activity where application_name = 'folder owner'"
  const before = await ask(postgres.url, `select pid ${sessions}`)
  await ask(postgres.url, `select pg_terminate_backend(pid) ${sessions}`)
  await until(async () => ![undefined, before].includes(await ask(postgres.url, `select pid ${sessions}`)))
  await until(async () => (await ask(postgres.url, ownerLocks)) === 1)
  t.equal(serverPid(home), pid)
})

t.test('a server whose owning session is lost again and again is still kept', async t => {
  const home = copyOfSeed('lossy')
  const postgres = await start(home)
  t.teardown(postgres.stop)
  const sessions = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'folder owner'"
  const owner = "select pid from pg_stat_activity where application_name = 'folder owner'"
  for (let lost = 0; lost < 5; lost++) {
    const before = await ask(postgres.url, owner)
    await ask(postgres.url, sessions)
    await until(async () => ![undefined, before].includes(await ask(postgres.url, owner)))
  }
  t.ok(await answers(postgres.url))
})

for (const [name, test] of Object.entries({ ...DAMAGED_FOLDERS, ...KILLED_SERVERS }))
  t.test(name, async t => await test(t, copyOfSeed))
