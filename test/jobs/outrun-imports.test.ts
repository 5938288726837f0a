import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { runImport } from '#actions/imports/run-import.ts'
import { runImportBatch, type AfterBatch } from '#actions/support/imports/import-batch.ts'
import { lockKey, lockThings } from '#db/driver/locks.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import { putContract, register } from '../helpers/fixtures.ts'
import { contact, contract, customer, importer, type Line } from '../helpers/imports.ts'
import { query } from '../helpers/query.ts'
import { secondInstance, testService } from '../helpers/test-service.ts'

// What other transactions do to an import while one of its batches is at work.

const service = await testService(t)
const { call, context, database, owner_url } = service
const other = await secondInstance(t, service)
const { send, report } = importer(t, service)
const never = new AbortController().signal

/** Contracts of one contact each, each of its own customer. */
const many = (name: string, count: number): Line[] =>
  Array.from({ length: count }, (_, index) => `${name}${index}`).flatMap(id => [
    customer(id),
    contract(id, id),
    contact(id, '山田 太郎', `yamada@${id}.example.jp`, { role: 'primary' }),
  ])

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
  while (!(await isWaiting())) await sleep(5)
  await work()
  held.resolve()
  await holding
  return await batch
}

/** Whether a transaction waits for a thing that another has locked. */
async function isWaiting(): Promise<boolean> {
  const waiting = await database.run({
    name: '',
    text: `select from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`,
    values: [],
  })
  return waiting.length > 0
}

/** An address that a transaction locks after another one: so it is not locked while that one is waited for. */
function lockedAfter(email: string): string {
  const key = lockKey('address', email)
  for (let number = 1; ; number++) {
    const later = `sato${number}@erased.example.jp`
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
  })
  t.equal((await deleting)?.status, 204)
  t.equal((await call('GET', '/v1/contracts/d7')).status, 404)
  for (const table of ['import_rows', 'import_units', 'import_partitions'])
    t.equal((await query(owner_url, `select from ${table} where import_id = '${body.import_id}'`)).rowCount, 0, table)
})

t.test('R33, R39: a person who is erased while a batch is at work is not registered again', async t => {
  await putContract(call, 'e-old', { customer_id: 'e7' })
  await register(call, 'e-old', { role: 'primary' })
  const email = lockedAfter('yamada@e7.example.jp')
  const { contact_id } = await register(call, 'e-old', { email, family_name: '佐藤', given_name: '花子' })
  const again = contact('e7', '佐藤 花子', email)
  const { body } = await send([...many('e', 20), again], '?on_problem=skip_row')
  const after = await whileAtWork(body.import_id, 'e7', async () => {
    await call('DELETE', `/v1/contacts/${contact_id}`)
    const erased = await call('POST', '/v1/personal-data-erasures', { contact_ids: [contact_id], reason: 'requested' })
    t.match(erased, { status: 200 })
  })
  t.equal(after, 'more', 'it is tried again')
  await runImport(context, body.import_id, never)
  const { state, items } = await report(body.import_id)
  t.equal(state, 'finished')
  t.match(items.at(-1), { outcome: 'refused', problems: [{ type: '/problems/invalid-request' }] })
  const { items: contacts } = (await call('GET', '/v1/contracts/e7/contacts')).body
  t.strictSame(
    contacts.map(({ email }: { email: string }) => email),
    ['yamada@e7.example.jp'],
  )
})

t.test('R20, R39: customers who share an address are in one partition, others in either', async t => {
  const shared = Array.from({ length: 20 }, (_, index) => contact(`s${index}`, '伊藤 花子', 'ito@agency.example.jp'))
  const { body } = await send([...many('s', 20), ...shared, ...many('x', 20)])
  const partitions = await database.run<{ letter: string; partitions: number[] }>({
    name: '',
    text: `select left(id, 1) as letter, array_agg(distinct partition order by partition) as partitions
      from import_units where import_id = $1 group by 1 order by 1`,
    values: [body.import_id],
  })
  t.equal(partitions[0]?.partitions.length, 1)
  t.match(partitions[1], { letter: 'x', partitions: [0, 1] })
  await Promise.all([context, other.context].map(async one => await runImport(one, body.import_id, never)))
  t.match(await report(body.import_id), { state: 'finished', rows: { done: 140 } })
})

t.test('R20, R39: so are customers who meet at an address that the registry has on a contract of the file', async t => {
  await putContract(call, 'g-1', { customer_id: 'g' })
  await register(call, 'g-1', { role: 'primary', email: 'yamada@g.example.jp' })
  await register(call, 'g-1', { family_name: '伊藤', email: 'ito@g.example.jp' })
  const alone = { role: 'primary', family_name: '山田', given_name: '太郎', email: 'yamada@g.example.jp' }
  const roster = { type: 'roster', contract_id: 'g-1', contacts: [alone] }
  const lines = [
    roster,
    customer('f'),
    contract('f-1', 'f'),
    contact('f-1', '伊藤 花子', 'ito@g.example.jp', { role: 'primary' }),
  ]
  const reports: unknown[] = []
  for (const query of ['?dry_run=true', '']) {
    const { body } = await send(lines, query)
    const groups = await database.run({
      name: '',
      text: 'select distinct group_id from import_units where import_id = $1',
      values: [body.import_id],
    })
    t.same(groups, [{ group_id: 'f' }])
    await runImport(context, body.import_id, never)
    const { items } = await report(body.import_id)
    reports.push(items.map(({ line, outcome, problems }) => ({ line, outcome, problems })))
  }
  t.same(reports[0], reports[1], 'so a dry run says what the import does')
})
