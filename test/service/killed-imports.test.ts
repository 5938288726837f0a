import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { dataFolder } from '../../embedded-postgres/test/data-folder.ts'
import { deleteExpiredImport, listExpired } from '#actions/imports/delete-import.ts'
import { runImport } from '#actions/imports/run-import.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { systemClock } from '#clock.ts'
import { BEFORE_ALL } from '#db/due.ts'
import type { Db } from '#db/driver/database.ts'
import { job } from '../helpers/change-requests.ts'
import { contact, contract, customer } from '../helpers/imports.ts'
import { brokenInvariants } from '../helpers/registry-invariants.ts'
import { API_KEY, startServiceProcess } from '../helpers/service-process.ts'
import { secondInstance, testService } from '../helpers/test-service.ts'

const CONTRACTS = 700
const ROWS = CONTRACTS * 4
/** So many rows of a half file are there before its second half is sent. */
const ENOUGH = 500
const NDJSON = { 'content-type': 'application/x-ndjson' }
const never = new AbortController().signal

const service = await testService(t)
const other = await secondInstance(t, service)
const { url, database } = service
const clock = systemClock('Asia/Tokyo')
const context: ActionContext = { ...other.context, clock }

/** Two contacts on each contract; on every tenth the second is refused, and so is its contract's whole list. */
function fileOf(name: string): string {
  const lines = Array.from({ length: CONTRACTS }, (_, index) => `${name}${index}`).flatMap((id, index) => [
    customer(id),
    contract(id, id),
    contact(id, '山田 太郎', `yamada@${id}.example.jp`, { role: 'primary' }),
    contact(id, index % 10 === 0 ? 'サポート窓口' : '伊藤 花子', `ito@${id}.example.jp`),
  ])
  return lines.map(line => `${JSON.stringify(line)}\n`).join('')
}

async function rows<Row>(db: Db, text: string, ...values: unknown[]): Promise<Row[]> {
  return await db.run<Row>({ name: '', text, values })
}

/** How far the last import is that was begun, and whether its file came whole. Rows are counted as far as is asked. */
async function progress(): Promise<{ import_id: string; done: number; is_received: boolean; received: number }> {
  const [last] = await rows<{ import_id: string; done: number; is_received: boolean; received: number }>(
    database,
    `select import_id, received_at is not null as is_received,
      rows_created + rows_changed + rows_unchanged + rows_refused + rows_skipped as done,
      (select count(*)::integer from (select from import_rows where import_rows.import_id = imports.import_id
        limit ${ENOUGH + 1}) first_rows) as received
    from imports order by import_id desc limit 1`,
  )
  return last ?? { import_id: '', done: 0, is_received: false, received: 0 }
}

/** Sends a file to a process that is killed at a moment; the second half once rows of the first are there. */
async function sendAndKill(t: Test, name: string, isNow: (at: Awaited<ReturnType<typeof progress>>) => boolean) {
  const process = await startServiceProcess(t, dataFolder(t), { DATABASE_URL: url, MIGRATE_ON_START: 'false' })
  const file = fileOf(name)
  const half = file.indexOf('\n', file.length / 2) + 1
  const before = (await progress()).import_id
  const received = Promise.withResolvers<boolean>()
  const body = async function* () {
    yield Buffer.from(file.slice(0, half))
    await received.promise
    yield Buffer.from(file.slice(half))
  }
  const answer = fetch(`${process.origin}/v1/imports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${API_KEY}`, ...NDJSON, 'idempotency-key': `key-${name}` },
    body: ReadableStream.from(body()) as ReadableStream,
    duplex: 'half',
  }).catch(() => undefined)
  for (let at = await progress(); at.import_id === before || !isNow(at); at = await progress()) {
    if (at.import_id !== before && at.received > ENOUGH) received.resolve(true)
    await sleep(2)
  }
  await process.kill()
  received.resolve(true)
  return { status: (await answer)?.status, import_id: (await progress()).import_id }
}

/** Every row has one outcome, as the counts of the import say. */
async function assertAccounted(t: Test, import_id: string): Promise<void> {
  const [entry] = await rows<object>(database, 'select * from imports where import_id = $1', import_id)
  t.match(entry, { state: 'finished', rows_total: ROWS, rows_unchanged: 0, rows_changed: 0 })
  const outcomes = await rows<{ outcome: string | null; lines: number }>(
    database,
    'select outcome, count(*)::integer as lines from import_rows where import_id = $1 group by outcome',
    import_id,
  )
  const counted = { created: CONTRACTS * 2 + CONTRACTS * 1.8, refused: CONTRACTS / 10, skipped: CONTRACTS / 10 }
  t.same(Object.fromEntries(outcomes.map(({ outcome, lines }) => [outcome, lines])), counted)
}

/** The moments by the names of their files: before the first batch, after it, and in the last. */
const AT_WORK: Record<string, (at: Awaited<ReturnType<typeof progress>>) => boolean> = {
  a: ({ is_received }) => is_received,
  b: ({ done }) => done > 0,
  c: ({ done }) => done > ROWS * 0.6,
}

t.test('R39: kill -9 while a file comes leaves nothing, and the file can be sent again under its key', async t => {
  const { status, import_id } = await sendAndKill(t, 'r', at => at.received > ENOUGH)
  t.equal(status, undefined, 'nothing was answered')
  t.equal((await service.call('GET', `/v1/imports/${import_id}`)).status, 404, 'such an import is not shown')
  const headers = { ...NDJSON, 'idempotency-key': 'key-r' }
  const { body } = await service.call('POST', '/v1/imports', fileOf('r'), headers)
  await runImport(context, body.import_id, never)
  await assertAccounted(t, body.import_id)
  const tomorrow = { ...context, clock: { ...clock, now: () => new Date(Date.now() + 90_000_000).toISOString() } }
  const expired = await listExpired(tomorrow, { after: BEFORE_ALL, limit: 100 })
  t.ok(
    expired.some(({ id }) => id === import_id),
    'it is found a day later',
  )
  await deleteExpiredImport(context, import_id, job())
  const kept = await rows(database, 'select from import_rows where import_id = $1 limit 1', import_id)
  t.equal(kept.length, 1, 'not before')
  await deleteExpiredImport(tomorrow, import_id, job())
  for (const table of ['imports', 'import_rows'])
    t.same(await rows(database, `select from ${table} where import_id = $1`, import_id), [], `${table}: deleted then`)
})

for (const [name, isNow] of Object.entries(AT_WORK))
  t.test(`R39: kill -9 at work, ${name}: another process goes on, and every row is accounted for once`, async t => {
    const { import_id } = await sendAndKill(t, name, isNow)
    await runImport(context, import_id, never)
    await assertAccounted(t, import_id)
  })

const CONTENTS = [
  `select contract_id, customer_id, seats_used, registered_at is not null as is_registered from contracts order by 1`,
  `select contract_id, role, family_name, given_name, email from contacts
    where removed_at is null order by 1, 5`,
  'select customer_id, email from support_accounts where closed_at is null order by 1, 2',
  `select event, subject_id from history where event ~ '^(customer|contract)\\.' order by 1, 2`,
  // How many tenths of an import are said by themselves depends on where its batches ended.
  `select event, count(*)::integer as entries from history where event <> 'import.progressed' group by 1 order by 1`,
]

t.test('R39: after all of this the registry is as after imports that nothing disturbed', async t => {
  const undisturbed = await testService(t)
  for (const name of ['r', ...Object.keys(AT_WORK)]) {
    const { body } = await undisturbed.call('POST', '/v1/imports', fileOf(name), NDJSON)
    await runImport(undisturbed.context, body.import_id, never)
  }
  for (const text of CONTENTS) t.same(await rows(database, text), await rows(undisturbed.database, text), text)
  t.same(await brokenInvariants(database, clock.today()), {})
})
