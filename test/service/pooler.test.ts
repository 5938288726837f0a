import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { query } from '../helpers/query.ts'
import { emptyDatabase, openPool, testDatabase } from '../helpers/test-database.ts'
import { transactionPooler } from '../helpers/transaction-pooler.ts'
import { eventNumbering } from '#actions/history/number-events.ts'
import { eventReading } from '#actions/history/read-events.ts'
import { EventSignal } from '#actions/support/history/event-signal.ts'
import { insertHistory } from '#db/history/history.ts'
import { assertSessions } from '#start/assert-sessions.ts'
import { migrateDatabase } from '#start/migrate-database.ts'

const { url } = await testDatabase(t)
const OPTIONS = { pool_size: 1, connect_timeout: 2_000, statement_timeout: 10_000, lock_timeout: 5_000 }
const check = async (url: string): Promise<void> => await assertSessions({ ...OPTIONS, url })

/** What the start says. */
async function refusalOf(url: string): Promise<string> {
  return await check(url).then(
    () => 'nothing',
    (error: unknown) => String(error),
  )
}

const SETTINGS = ['plan_cache_mode', 'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']
const STATEMENTS_LOST = /Prepared statements do not outlast a transaction/

t.test('PostgreSQL itself has whatever the service asks of its sessions', async t => {
  await t.resolves(check(url))
})

t.test('a pooler that refuses the settings of a connection is refused, with what to set', async t => {
  const said = await refusalOf(await transactionPooler(t, url, { options: 'refused', sessions: 2 }))
  t.match(said, 'unsupported startup parameter in options: plan_cache_mode')
  t.match(said, 'ignore_startup_parameters = options')
  for (const name of SETTINGS) t.match(said, new RegExp(`alter role .* in database .* set ${name} =`))
})

t.test('settings that a pooler forgets are named, and the statements that the error names bring them', async t => {
  const pooled = await transactionPooler(t, url, { options: 'forgotten', sessions: 'own' })
  const said = await refusalOf(pooled)
  t.match(said, 'statement_timeout is 0 and has to be 10000')
  t.notMatch(said, STATEMENTS_LOST)
  const statements = said.match(/^ {2}alter role .*;$/gm) ?? []
  for (const name of SETTINGS)
    t.ok(
      statements.some(statement => statement.includes(` set ${name} = `)),
      name,
    )
  for (const page of ['configuration.md', 'configuration.ja.md']) {
    const documented = await readFile(join(import.meta.dirname, '../../docs', page), 'utf8')
    for (const statement of statements)
      t.match(documented, statement.trim().replace(/in database "\w+"/, 'in database "madoguchi"'), page)
  }
  await query(url, statements.join('\n'))
  t.equal(await refusalOf(await transactionPooler(t, url, { options: 'forgotten', sessions: 'own' })), 'nothing')
})

for (const [what, shared] of Object.entries({
  'the session that came back last': { sessions: 2, next: 'last back' },
  'the session that came back first': { sessions: 3, next: 'first back' },
  'the only session': { sessions: 1 },
} as const))
  t.test(`a pooler that lends ${what}, and keeps no statements prepared, is found`, async t => {
    const said = await refusalOf(await transactionPooler(t, url, { options: 'forgotten', ...shared }))
    t.match(said, STATEMENTS_LOST)
    t.match(said, 'max_prepared_statements = 200')
  })

t.test('the service does not start over such a pooler, nor does a migration', async t => {
  const pooled = await transactionPooler(t, url, { options: 'refused', sessions: 1 })
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../src/main.ts')], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      ADMIN_API_KEY: '7f0c1d94be3a5268d1f7a0639c4e82b5',
      PORT: '0',
      DATABASE_URL: pooled,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', chunk => (said += String(chunk)))
  t.same((await once(child, 'close'))[0], 1)
  t.match(said, /cannot start: a connection pooler .*DATABASE_URL/)
  const empty = await emptyDatabase(t)
  const migrated = await transactionPooler(t, empty.owner_url, { options: 'forgotten', sessions: 2 })
  await t.rejects(migrateDatabase(migrated, null), /lock_timeout is 0[^]*MIGRATION_DATABASE_URL/)
})

t.test('a pooler all of whose sessions are at work is there', async t => {
  const pooled = await transactionPooler(t, url, { options: 'forgotten', sessions: 1 })
  const database = openPool(t, pooled, 1)
  const slow = database.run({ name: '', text: 'select 1 as n from pg_sleep(2.5)', values: [] })
  t.same(await slow, [{ n: 1 }])
})

t.test('R37: over a pooler, where no process may listen, a client that waits gets its event', async t => {
  const pooled = openPool(t, await transactionPooler(t, url, { options: 'forgotten', sessions: 'own' }), 2)
  const direct = openPool(t, url)
  const read = eventReading(pooled, new EventSignal(pooled))
  const wanted = { after: 0, filter: { types: null, customer_id: null }, limit: 50, wait: 30_000 }
  const reading = read(wanted, new AbortController().signal)
  const change = { actor: 'test', request_id: 'r', source: 'direct', occurred_at: '2026-04-01T00:30:00.000Z' } as const
  await direct.run(insertHistory(change, [{ event: 'customer.changed', subject_id: 'K', after: {} }]))
  await eventNumbering(direct)()
  t.match(await reading, { events: [{ subject_id: 'K' }] })
  const listening = `select from pg_stat_activity where datname = current_database() and query like 'listen %'`
  t.same(await direct.run({ name: '', text: listening, values: [] }), [], 'no session listens')
})
