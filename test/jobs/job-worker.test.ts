import { sql } from 'kysely'
import t from 'tap'
import { fillContract, person, putContract, register } from '../helpers/fixtures.ts'
import { jobWorker, until } from '../helpers/job-worker.ts'
import { secondInstance, testService } from '../helpers/test-service.ts'
import { compiled } from '#db/statement.ts'
import { inTransaction } from '#db/transaction.ts'

const service = await testService(t)
const { call, clock, context, database } = service
const other = await secondInstance(t, service)

const jobsOf = async (queue: string, id: string): Promise<{ state: string, start: string, retries: number }[]> => await database.run(compiled(sql<{ state: string, start: string, retries: number }>`
  select state::text, start_after as start, retry_count as retries from pgboss.job where name = ${queue} and data ->> 'id' = ${id} order by created_on`))
const count = async (event: string, subjects: string): Promise<number[]> => (await database.run(compiled(sql<{ count: number }>`
  select count(*) from history where event = ${event} and subject_id like ${subjects} group by subject_id`))).map(row => row.count)
const isClosed = async (account_id: string): Promise<boolean> => (await call('GET', `/v1/support-accounts/${account_id}`)).body.closed_at !== null
/** The clock of jobs is the database's: what is to run now was due in its past. */
const makeDue = async (): Promise<void> => { await database.run(compiled(sql`update pgboss.job set start_after = now() - interval '1 second' where state = 'created'`)) }

t.test('a job exists exactly when the change does that needs it', async t => {
  await inTransaction(database, async trx => {
    await context.enqueue(trx, { queue: 'end-contract', id: 'undone', start_at: clock.now() })
    throw new Error('undone')
  }).catch(() => {})
  t.strictSame(await jobsOf('end-contract', 'undone'), [])
  await putContract(call, 'sent', { ends_on: '2027-03-31' })
  t.match(await jobsOf('end-contract', 'sent'), [{ state: 'created' }])
  t.equal(new Date((await jobsOf('end-contract', 'sent'))[0]!.start).toISOString(), '2027-03-31T15:00:00.000Z', 'the start of the day after its last, in Asia/Tokyo')
  await putContract(call, 'sent', { ends_on: '2027-03-31' })
  t.equal((await jobsOf('end-contract', 'sent')).length, 1, 'the same again needs no other')
})

t.test('R28: on the day after its last a contract\'s end is recorded; accounts close or stay as other contracts say', async t => {
  await putContract(call, 'runs-out', { ends_on: '2026-04-01' })
  await putContract(call, 'goes-on')
  const alone = await register(call, 'runs-out', { role: 'primary', email: 'alone@jobs.example.jp' })
  const shared = { family_name: '伊藤', email: 'desk@jobs.example.jp', shared_mailbox: true }
  const leaver = await register(call, 'runs-out', shared)
  await register(call, 'goes-on', { ...shared, role: 'primary', family_name: '佐藤' })
  await makeDue()
  const worker = jobWorker(t, service)
  await until(async () => (await jobsOf('end-contract', 'runs-out')).length > 1)
  t.notOk(await isClosed(alone.account_id), 'a job that comes early waits for its day')
  clock.set('2026-04-01T15:00:00.000Z', '2026-04-02')
  await makeDue()
  await until(async () => await isClosed(alone.account_id))
  t.match((await call('GET', `/v1/support-accounts/${leaver.account_id}`)).body, { state: 'open', display_name: '佐藤 太郎', residual_access: [{ contact_id: leaver.contact_id }] })
  const { items } = (await call('GET', '/v1/contracts/runs-out/history')).body
  const ended = items.find(({ event }: any) => event === 'contract.ended')
  t.match(ended, { client: 'madoguchi', request_id: /^job-/, occurred_at: '2026-04-01T15:00:00.000Z', after: { ends_on: '2026-04-01', reason: 'term_ended' } })
  t.strictSame(items.filter(({ request_id }: any) => request_id === ended.request_id).map(({ event }: any) => event).toSorted(), ['contract.ended', 'support_account.closed', 'support_account.left'])
  await worker.stop()
})

t.test('R24, R28: two processes share the work, and none is done twice', async t => {
  const contracts = Array.from({ length: 60 }, (_, index) => `shared-${index}`)
  for (const contract_id of contracts) {
    const [primary] = await fillContract(call, contract_id, 0, { ends_on: '2026-04-30' })
    const asked = await call('POST', '/v1/change-requests', {
      contract_id, effective_on: '2026-04-20', requested_by: { name: '山田', email: primary.email, channel: 'mail' }, operations: [{ op: 'add', contact: person({ email: `new@${contract_id}.example.jp` }) }]
    })
    if (asked.status !== 201) t.fail(asked.text)
  }
  clock.set('2026-04-30T15:00:00.000Z', '2026-05-01')
  await database.run(compiled(sql`update pgboss.job set start_after = now() - interval '1 second' where name = 'end-contract'`))
  const workers = [jobWorker(t, service), jobWorker(t, other)]
  await until(async () => (await count('contract.ended', 'shared-%')).length === 60)
  await makeDue()
  await until(async () => (await call('GET', '/v1/change-requests?state=scheduled')).body.items.length === 0)
  for (const worker of workers) await worker.stop()
  t.strictSame(await count('contract.ended', 'shared-%'), contracts.map(() => 1))
  const { items } = (await call('GET', '/v1/change-requests?limit=200')).body
  t.strictSame(new Set(items.map(({ state, problems }: any) => `${state} ${problems.map(({ type }: any) => type)}`)), new Set(['failed /problems/contract-not-in-force']), 'checked again on their day')
  clock.set('2026-04-01T00:30:00.000Z')
})

t.test('R24: scheduled requests are applied when their day starts', async t => {
  const [primary] = await fillContract(call, 'april', 0)
  const asked = await call('POST', '/v1/change-requests', {
    contract_id: 'april', effective_on: '2026-04-02', requested_by: { name: '山田', email: primary.email, channel: 'mail' }, operations: [{ op: 'add', contact: person({ family_name: '新人', email: 'new@april.example.jp' }) }]
  })
  const { change_request_id } = asked.body
  t.equal(new Date((await jobsOf('apply-change-request', change_request_id))[0]!.start).toISOString(), '2026-04-01T15:00:00.000Z')
  clock.set('2026-04-01T15:00:00.500Z', '2026-04-02')
  const worker = jobWorker(t, service)
  await until(async () => (await call('GET', `/v1/change-requests/${change_request_id}`)).body.state === 'applied')
  t.match((await call('GET', '/v1/contracts/april/history')).body.items[0], { client: 'madoguchi', change_request_id, requested_by: { name: '山田' } })
  await worker.stop()
})

t.test('R24, R28: what is due is found also where its job was lost', async t => {
  await putContract(call, 'lost', { ends_on: '2026-04-02' })
  const { account_id } = await register(call, 'lost', { role: 'primary', email: 'lost@jobs.example.jp' })
  await database.run(compiled(sql`delete from pgboss.job where name in ('end-contract', 'catch-up')`))
  clock.set('2026-04-02T15:00:00.000Z', '2026-04-03')
  const worker = jobWorker(t, service)
  await until(async () => await isClosed(account_id))
  t.strictSame(await count('contract.ended', 'lost'), [1])
  await worker.stop()
})
