import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import t, { type Test } from 'tap'
import { notedCluster } from '../helpers/cluster.ts'
import { personInEverything, SPELLINGS } from '../helpers/person-in-everything.ts'
import { query } from '../helpers/query.ts'
import { standbyThatReads } from '../helpers/standby.ts'
import { openPool } from '../helpers/test-database.ts'
import { testService } from '../helpers/test-service.ts'
import { until } from '../helpers/until.ts'
import type { Database, Db } from '#db/driver/database.ts'
import { rewriteTables } from '#db/schema/table-files.ts'

const COMMAND = join(import.meta.dirname, '../../src/cli/rewrite-tables.ts')
const run = promisify(execFile)
/** How long tables wait for transactions of other tests, in milliseconds. */
const PATIENCE = 60_000

const service = await testService(t)
const { call, clock, owner_url, url } = service
const { superuser_url } = await notedCluster()
const superuser = Object.assign(new URL(superuser_url), { pathname: new URL(owner_url).pathname }).href

/** A text as the files of a database may hold it: in UTF-8, and escaped in JSON. */
function formsOf(spelling: string): Buffer[] {
  const escaped = [...spelling].map(letter => `\\u${letter.codePointAt(0)!.toString(16).padStart(4, '0')}`).join('')
  return [spelling, escaped, escaped.replaceAll(/[a-f]/g, letter => letter.toUpperCase())].map(form =>
    Buffer.from(form),
  )
}

/** The files of the database that hold a text in any form: tables, indexes, and parts that are stored apart. */
async function filesWith(spellings: readonly string[]): Promise<string[]> {
  await query(superuser, 'checkpoint')
  const { rows } = await query(
    superuser,
    `select current_setting('data_directory') as folder, oid from pg_database where datname = current_database()`,
  )
  const folder = join(rows[0].folder, 'base', String(rows[0].oid))
  const forms = spellings.flatMap(formsOf)
  return readdirSync(folder).filter(file => {
    const bytes = contentOf(join(folder, file))
    return forms.some(form => bytes.includes(form))
  })
}

/** What a file holds; nothing, where the server has removed it since the list was made. */
function contentOf(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0)
    throw error
  }
}

/** A transaction that stays open until it is let go, at the latest when the test ends. */
async function openTransaction(t: Test, at: string, statement: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: at })
  await client.connect()
  t.teardown(async () => await client.end())
  await client.query('begin isolation level repeatable read')
  await client.query(statement)
  return async () => void (await client.query('rollback'))
}

const writesElsewhere = async (t: Test): Promise<() => Promise<void>> =>
  await openTransaction(t, superuser_url, 'select pg_current_xact_id()')
const readsHere = async (t: Test): Promise<() => Promise<void>> => await openTransaction(t, url, 'select from contacts')

/** Until the command has looked from now on whether transactions run that began before it. */
async function looked(): Promise<void> {
  const looks = `
    select from pg_stat_activity, (values (timestamptz '$now')) as now (moment)
    where datname = current_database() and usename = 'madoguchi_owner' and query like '%pg_replication_slots%'
      and state = 'idle' and query_start > moment`
  const { rows } = await query(superuser, 'select clock_timestamp()::text as now')
  await until(async () => (await query(superuser, looks.replace('$now', rows[0].now))).rows.length > 0)
}

t.test('R33: once its tables are rewritten, nothing of an erased person is in the files of the database', async t => {
  clock.set('2026-04-01T00:00:00.000Z')
  const { contact_ids } = await personInEverything(service)
  await query(owner_url, 'vacuum (analyze)')
  // Large values are compressed, which hides the end of a word that repeats: the beginnings are looked for.
  for (const spelling of ['服部', 'Hattori', 'hattori', 'desk-h'])
    t.ok((await filesWith([spelling])).length > 0, `${spelling} is in files before`)
  const earlier = [await writesElsewhere(t), await readsHere(t)]
  const { status, text } = await call('POST', '/v1/personal-data-erasures', { contact_ids, reason: 'requested' })
  t.equal(status, 200, text)
  const settings = { DATABASE_URL: url, MIGRATION_DATABASE_URL: owner_url }
  const ended = run(process.execPath, [COMMAND], { env: { ...process.env, ...settings } })
  for (const letGo of earlier) {
    await looked()
    await letGo()
  }
  const { stdout } = await ended
  t.match(stdout, /^Rewritten: .*contacts.*history/)
  const spellings = [...SPELLINGS, 'Hattori', 'Watarai', 'desk-h', 'ﾊｯﾄﾘ']
  for (const spelling of spellings) t.same(await filesWith([spelling]), [], spelling)
  t.not((await filesWith(['田所'])).length, 0, 'others stay')
})

t.test('R33: the role of the service cannot rewrite tables, and the command says so', async t => {
  const failed = run(process.execPath, [COMMAND], { env: { ...process.env, DATABASE_URL: url } })
  await t.rejects(failed, { code: 1, stderr: /can be rewritten by its owner alone/ })
})

const FILE = `select pg_relation_filenode('contacts') as file`

for (const [reader, begin] of Object.entries({ 'writes elsewhere': writesElsewhere, 'reads here': readsHere }))
  t.test(`R33: tables are left alone while a transaction of before ${reader}, and the owner is told`, async t => {
    const database = openPool(t, owner_url)
    const letGo = await begin(t)
    await query(owner_url, 'select pg_current_xact_id()')
    const before = (await query(owner_url, FILE)).rows
    await t.rejects(rewriteTables(database, ['contacts'], 0), { message: /^Tables were left alone, since an earlier/ })
    t.same((await query(owner_url, FILE)).rows, before)
    await letGo()
    await rewriteTables(database, ['contacts'], PATIENCE)
    t.not((await query(owner_url, FILE)).rows[0].file, before[0].file)
  })

t.test('R33: a plain vacuum, which keeps no rows for itself, is not waited for', async t => {
  const database = openPool(t, owner_url)
  const client = new pg.Client({ connectionString: owner_url })
  await client.connect()
  t.teardown(async () => await client.end())
  await client.query('create table large as select repeat($$x$$, 500) from generate_series(1, 20000)')
  await client.query('set vacuum_cost_limit = 1; set vacuum_cost_delay = 100')
  const cancelled = t.rejects(client.query('vacuum large'), { code: '57014' })
  const isAtWork = async (): Promise<boolean> =>
    (await query(owner_url, 'select from pg_stat_progress_vacuum where datname = current_database()')).rows.length > 0
  await until(isAtWork)
  await query(owner_url, 'select pg_current_xact_id()')
  await rewriteTables(database, ['contacts'], PATIENCE)
  t.ok(await isAtWork(), 'it goes on')
  await query(owner_url, `select pg_cancel_backend(${(client as any).processID})`)
  await cancelled
})

/** A slot that a standby has left, with what it read at last. */
async function leftSlot(t: Test, reading: object): Promise<() => Promise<void>> {
  const slot = `left_${Object.keys(reading).join('_')}`
  const drop = `select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = '${slot}'`
  await query(superuser_url, `select pg_create_physical_replication_slot('${slot}')`)
  t.teardown(async () => await query(superuser_url, drop))
  const close = await standbyThatReads(superuser_url, { ...reading, slot })
  await close()
  const active = `select from pg_replication_slots where slot_name = '${slot}' and active`
  await until(async () => (await query(superuser_url, active)).rows.length === 0)
  return async () => void (await query(superuser_url, drop))
}

/** Waits for the transactions of other tests where tables are to be rewritten, as long as it takes. */
const patientForTables = (database: Database): Db => ({
  async run(statement) {
    const isLook = /pg_replication_slots/.test(statement.text) && !/catalog_xmin/.test(statement.text)
    if (!isLook) return await database.run(statement)
    await until(async () => (await database.run(statement)).length === 0)
    return []
  },
})

for (const { by, left_alone, through } of [
  { by: 'xmin', left_alone: 'Tables were', through: (database: Database): Db => database },
  { by: 'catalog_xmin', left_alone: 'pg_catalog.pg_statistic was', through: patientForTables },
])
  t.test(`R33: what a slot holds by its ${by} is left alone until it is dropped`, async t => {
    const database = openPool(t, owner_url)
    const { rows } = await query(owner_url, 'select pg_current_xact_id()::xid as id')
    const drop = await leftSlot(t, { [by]: Number(rows[0].id) })
    const before = (await query(owner_url, FILE)).rows[0].file
    const rewriting = rewriteTables(through(database), ['contacts'], 0)
    await t.rejects(rewriting, { message: new RegExp(`^${left_alone} left alone, since .*slot`) })
    t.equal((await query(owner_url, FILE)).rows[0].file === before, by === 'xmin')
    await drop()
    await rewriteTables(database, ['contacts'], PATIENCE)
  })

t.test('R33: a rewrite that kept rows for a reader of a standby is not taken for one', async t => {
  const database = openPool(t, owner_url)
  const { rows } = await query(owner_url, 'select pg_current_xact_id()::xid as id')
  const db: Db = {
    async run(statement) {
      if (statement.text.startsWith('vacuum'))
        t.teardown(await standbyThatReads(superuser_url, { xmin: Number(rows[0].id) }))
      return await database.run(statement)
    },
  }
  await t.rejects(rewriteTables(db, ['contacts'], PATIENCE), {
    message: /^contacts was rewritten and keeps old rows, since/,
  })
  await t.rejects(rewriteTables(database, ['contacts'], 0), { message: /^Tables were left alone, since an earlier/ })
})
