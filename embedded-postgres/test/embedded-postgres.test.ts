import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startEmbeddedPostgres } from '@madoguchi/embedded-postgres'
import { EmbeddedPostgresInUseError } from '@madoguchi/embedded-postgres/in-use-error'
import pg from 'pg'
import t from 'tap'
import {
  answers,
  ask,
  hasPidFile,
  killHard,
  ownerStarted,
  serverPid,
  spawnOwner,
  start,
  until,
} from './server-folder.ts'

const ownerLocks = "select count(*)::int from pg_locks where locktype = 'advisory' and granted"

const isRoot = process.getuid?.() === 0

// initdb is slow: a single stopped cluster is made, and each test works on a copy.
const seed = join(t.testdir(), 'seed')
await (await start(seed)).stop()

function copyOfSeed(name: string): string {
  const home = join(t.testdirName, name)
  cpSync(seed, home, { recursive: true })
  chmodSync(join(home, 'pg18'), 0o700) // not copied, and Postgres insists
  return home
}

t.test('a new folder gets a closed, UTF-8 cluster with the database', async t => {
  const home = join(t.testdir(), 'new')
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
  const home = join(t.testdir({ kept: 'secret' }), 'unprivileged')
  chmodSync(join(t.testdirName, 'kept'), 0o600)
  const postgres = await start(home)
  t.teardown(postgres.stop)
  const status = readFileSync(`/proc/${serverPid(home)}/status`, 'utf8')
  const [uid = '0', ...others] = /^Uid:\t(.*)$/m.exec(status)![1]!.split('\t')
  t.not(uid, '0')
  t.ok(others.every(other => other === uid))
  t.match(status, /^Groups:\s*$/m)
  for (const kind of ['CapInh', 'CapPrm', 'CapEff', 'CapAmb']) t.match(status, new RegExp(`^${kind}:\t0+$`, 'm'))
  await t.rejects(ask(postgres.url, `select pg_read_file('${join(t.testdirName, 'kept')}')`), { code: '42501' })
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
  const home = join(t.testdir(), 'race')
  const results = await Promise.allSettled([start(home), start(home), start(home)])
  const started = results.filter(r => r.status === 'fulfilled')
  t.equal(started.length, 1)
  t.ok(results.every(r => r.status === 'fulfilled' || r.reason instanceof EmbeddedPostgresInUseError))
  const [winner] = started
  t.ok(winner && (await answers(winner.value.url)))
  await winner?.value.stop()
})

t.test('a killed server comes back on its port, again and again, and is still owned', async t => {
  const home = copyOfSeed('killed')
  const postgres = await start(home)
  t.teardown(postgres.stop)
  await ask(postgres.url, 'create table kept as select 7 as n')
  for (const _ of [1, 2]) {
    const pid = serverPid(home)
    process.kill(Number(pid), 'SIGKILL')
    await until(async () => serverPid(home) !== pid && (await answers(postgres.url)))
  }
  t.equal(await ask(postgres.url, 'select n from kept'), 7)
  await until(async () => (await ask(postgres.url, ownerLocks)) === 1)
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

t.test('stop right after the server was killed leaves nothing behind', async t => {
  const home = copyOfSeed('stopped')
  const postgres = await start(home)
  process.kill(Number(serverPid(home)), 'SIGKILL')
  await postgres.stop()
  await sleep(300)
  t.notOk(await answers(postgres.url))
  const next = await start(home)
  t.ok(await answers(next.url), 'the next start recovers it')
  await next.stop()
})

t.test('a postmaster.pid whose number another process has now is no hindrance', async t => {
  const home = copyOfSeed('stale')
  const file = join(home, 'pg18/postmaster.pid')
  const killed = await start(home)
  const [, ...lines] = readFileSync(file, 'utf8').split('\n')
  await killed.stop()
  writeFileSync(file, [process.pid, ...lines].join('\n'), { mode: 0o600 })
  const next = await start(home)
  t.not(serverPid(home), process.pid)
  t.ok(await answers(next.url))
  await next.stop()
})

t.test('an initdb killed half-way is begun again', async t => {
  const home = join(t.testdir(), 'half')
  const owner = spawnOwner(home)
  const unfinished = () => (existsSync(home) ? readdirSync(home).filter(name => name.startsWith('pg18.new-')) : [])
  await until(() => unfinished().length > 0)
  await killHard(owner)
  mkdirSync(join(home, 'pg18.new-older/base'), { recursive: true })
  const postgres = await start(home)
  t.ok(await answers(postgres.url))
  t.notOk(existsSync(join(home, 'pg18.new-older')))
  await postgres.stop()
})

t.test('refusals say what to do', async t => {
  const folder = t.testdir({ file: '' })
  await t.rejects(
    start(join(folder, 'file')),
    /data folder .*file cannot be made or written by this user .* set DATABASE_URL/,
  )
  const home = copyOfSeed('wrong-setting')
  await t.rejects(
    startEmbeddedPostgres({ dataDir: home, database: 'd', settings: { no_such: '1' } }),
    /did not start: .*no_such.*postgres\.log/,
  )
  writeFileSync(join(home, 'password'), 'wrong')
  await t.rejects(start(home), /password .*is not the one/)
  t.notOk(hasPidFile(home), 'no server is left running')
})

t.test('a database that is gone or damaged is named, and no empty one takes its place', async t => {
  const gone = copyOfSeed('gone')
  rmSync(join(gone, 'pg18'), { recursive: true })
  await t.rejects(start(gone), /had a database, and .*pg18 is gone: restore it/)
  const unversioned = copyOfSeed('unversioned')
  rmSync(join(unversioned, 'pg18/PG_VERSION'))
  await t.rejects(start(unversioned), /PG_VERSION is gone: restore it/)
  for (const [name, content] of Object.entries({ empty: '', older: '15\n', garbled: '\0\0\0' })) {
    const home = copyOfSeed(`version-${name}`)
    writeFileSync(join(home, 'pg18/PG_VERSION'), content)
    await t.rejects(start(home), /PG_VERSION is damaged, or of another version/, name)
  }
})

t.test('a damaged lock file is named, and what to do', async t => {
  const home = copyOfSeed('lock')
  writeFileSync(join(home, 'start.lock'), 'x'.repeat(5000))
  await t.rejects(start(home), /lock file .*start\.lock is damaged .*remove it/)
  rmSync(join(home, 'start.lock'))
  const postgres = await start(home)
  t.ok(await answers(postgres.url))
  await postgres.stop()
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
