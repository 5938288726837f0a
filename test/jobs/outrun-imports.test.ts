import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { runImport } from '#actions/imports/run-import.ts'
import { runImportBatch, type AfterBatch } from '#actions/support/imports/import-batch.ts'
import { createClient } from '../helpers/api-clients.ts'
import { lockKey, lockThings } from '#db/driver/locks.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import { openDatabase } from '#db/driver/database.ts'
import { listWaitingPartitions } from '#db/imports/import-partitions.ts'
import { putContract, register } from '../helpers/fixtures.ts'
import { contact, importer, many, type Line } from '../helpers/imports.ts'
import { query } from '../helpers/query.ts'
import { until } from '../helpers/until.ts'
import { secondInstance, testService } from '../helpers/test-service.ts'

// What other transactions do to an import while one of its batches is at work.

const service = await testService(t)
const { call, context, database, owner_url } = service
const other = await secondInstance(t, service)
const { send, report } = importer(t, service)
const never = new AbortController().signal

/** Lets a batch of the partition of a contract wait for one of its addresses, while something else happens. */
async function whileAtWork(import_id: string, contract_id: string, work: () => Promise<void>): Promise<AfterBatch> {
  const [unit] = await database.run<{ partition: number }>({
    name: '',
    text: `select partition from import_units where import_id = $1 and kind = 'contract' and id = $2`,
    values: [import_id, contract_id],
  })
  const held = Promise.withResolvers<void>()
  const locked = Promise.withResolvers<void>()
  const holding = inTransaction(other.database, async trx => {
    await lockThings(trx, 'address', [`yamada@${contract_id}.example.jp`])
    locked.resolve()
    await held.promise
  })
  await locked.promise
  const batch = runImportBatch(context, { import_id, partition: unit!.partition })
  while ((await waiting()) === 0) await sleep(5)
  await work()
  held.resolve()
  await holding
  return await batch
}

/** How many transactions wait for a thing that another has locked. */
async function waiting(): Promise<number> {
  const locks = await database.run({
    name: '',
    text: `select from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`,
    values: [],
  })
  return locks.length
}

/** Whether a transaction waits for rows of a table that another has locked. */
async function isWaitedFor(table: string): Promise<boolean> {
  const sessions = `
    select from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query like '%from ${table}%for update%'`
  return (await database.run({ name: '', text: sessions, values: [] })).length > 0
}

/** An address that a transaction locks after another one: so it is not locked while that one is waited for. */
function lockedAfter(email: string, name: string): string {
  const key = lockKey('address', email)
  for (let number = 1; ; number++) {
    const later = `sato${number}@${name}.example.jp`
    if (lockKey('address', later) > key) return later
  }
}

async function assertNothingDone(t: Test, import_id: string, contract_id: string): Promise<void> {
  const { rows, items } = await report(import_id)
  t.match(rows, { done: 0 })
  t.strictSame([...new Set(items.map(({ outcome }) => outcome))], [null])
  t.equal((await call('GET', `/v1/contracts/${contract_id}`)).status, 404)
}

t.test('R39: to cancel an import undoes the batch that is at work, and waits for none', async t => {
  const { body } = await send(many('c', 20))
  const after = await whileAtWork(body.import_id, 'c7', async () => {
    const cancelled = await call('POST', `/v1/imports/${body.import_id}/cancel`)
    t.match(cancelled, { status: 200, body: { state: 'cancelled', rows: { done: 0 } } })
  })
  t.equal(after, 'done')
  await assertNothingDone(t, body.import_id, 'c7')
  t.match(await report(body.import_id), { state: 'cancelled' })
})

t.test('R39: an import that is deleted while a batch is at work leaves nothing', async t => {
  const { body } = await send(many('d', 20))
  let deleting: Promise<{ status: number }> | undefined
  await whileAtWork(body.import_id, 'd7', async () => {
    await call('POST', `/v1/imports/${body.import_id}/cancel`)
    deleting = call('DELETE', `/v1/imports/${body.import_id}`)
    await until(async () => await isWaitedFor('import_partitions'))
  })
  t.equal((await deleting)?.status, 204)
  t.equal((await call('GET', '/v1/contracts/d7')).status, 404)
  for (const table of ['import_rows', 'import_units', 'import_partitions'])
    t.equal((await query(owner_url, `select from ${table} where import_id = '${body.import_id}'`)).rowCount, 0, table)
})

/** A person who was removed from a contract of customer, and a file that registers them again on another. */
async function removedPerson(customer_id: string): Promise<{ contact_id: string; lines: Line[] }> {
  await putContract(call, `${customer_id}-old`, { customer_id })
  await register(call, `${customer_id}-old`, { role: 'primary', email: `primary@${customer_id}.example.jp` })
  const email = lockedAfter(`yamada@${customer_id}.example.jp`, customer_id)
  const person = { email, family_name: '佐藤', given_name: '花子' }
  const { contact_id } = await register(call, `${customer_id}-old`, person)
  await call('DELETE', `/v1/contacts/${contact_id}`)
  return { contact_id, lines: [...many(customer_id.slice(0, -1), 20), contact(customer_id, '佐藤 花子', email)] }
}

const erase = async (contact_id: string) =>
  await call('POST', '/v1/personal-data-erasures', { contact_ids: [contact_id], reason: 'requested' })

t.test('R33, R39: an erasure waits for the batch that is at work, and sees what it has done', async t => {
  const { contact_id, lines } = await removedPerson('e7')
  const { body } = await send(lines, '?on_problem=skip_row')
  let erasing: ReturnType<typeof erase> | undefined
  const after = await whileAtWork(body.import_id, 'e7', async () => {
    erasing = erase(contact_id)
    while ((await waiting()) < 2) await sleep(5)
  })
  t.equal(after, 'done')
  t.match(await erasing, { status: 409, body: { type: '/problems/still-registered' } })
  await runImport(context, body.import_id, never)
  t.match((await report(body.import_id)).items.at(-1), { outcome: 'created' })
})

t.test('R33, R39: a dry run between whose judging and report a person is erased judges again', async t => {
  const { contact_id, lines } = await removedPerson('h7')
  const { body } = await send(lines, '?on_problem=skip_row&dry_run=true')
  const after = await whileAtWork(body.import_id, 'h7', async () => {
    t.match(await erase(contact_id), { status: 200 }, 'it does not wait for what is undone')
  })
  t.equal(after, 'more', 'it is tried again')
  await runImport(context, body.import_id, never)
  const { state, items } = await report(body.import_id)
  t.equal(state, 'finished')
  t.match(items.at(-1), { outcome: 'refused', problems: [{ type: '/problems/invalid-request' }] })
})

t.test('R39: a change of its client waits for no batch, which is tried again with the rights of then', async t => {
  const client = await createClient(call, ['imports:write', 'customers:write', 'contracts:write', 'contacts:write'])
  const headers = { 'content-type': 'application/x-ndjson', authorization: `Bearer ${client.key}` }
  const file = many('l', 20).map(line => `${JSON.stringify(line)}\n`)
  const { body } = await call('POST', '/v1/imports', file.join(''), headers)
  const after = await whileAtWork(body.import_id, 'l7', async () => {
    const scopes = ['imports:write', 'customers:write', 'contracts:write']
    t.match(await call('PATCH', `/v1/api-clients/${client.client_id}`, { scopes }), { status: 200 })
  })
  t.equal(after, 'more', 'it is tried again')
  await runImport(context, body.import_id, never)
  t.match((await report(body.import_id)).rows, { created: 40, refused: 20 })
})

t.test('R33, R39: an erasure that takes longer than a batch may wait is no reason to give an import up', async t => {
  const { body } = await send(many('n', 1))
  const limits = { connect_timeout: 10_000, statement_timeout: 20_000, lock_timeout: 20 }
  const impatient = openDatabase({ url: service.url, pool_size: 2, ...limits }, () => {})
  t.teardown(async () => await impatient.close())
  const { partition } = (await listWaitingPartitions(database, body.import_id))[0]!
  await inTransaction(other.database, async trx => {
    await lockThings(trx, 'imports', ['all'])
    for (let tries = 0; tries < 10; tries++) {
      const batch = runImportBatch({ ...context, database: impatient }, { import_id: body.import_id, partition })
      await t.rejects(batch, { code: '55P03' })
    }
  })
  await runImport(context, body.import_id, never)
  t.match(await report(body.import_id), { state: 'finished', rows: { created: 3 } })
})
