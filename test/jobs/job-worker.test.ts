import { sql } from 'kysely'
import t from 'tap'
import { putContract, register } from '../helpers/fixtures.ts'
import { jobsOf, jobWorker, makeJobsDue } from '../helpers/job-worker.ts'
import { testService } from '../helpers/test-service.ts'
import { until } from '../helpers/until.ts'
import { compiled } from '#db/driver/statement.ts'
import { inTransaction } from '#db/driver/transaction.ts'

const service = await testService(t)
const { call, clock, context, database } = service

const count = async (event: string, subjects: string): Promise<number[]> =>
  (
    await database.run(
      compiled(sql<{ count: number }>`
  select count(*) from history where event = ${event} and subject_id like ${subjects} group by subject_id`),
    )
  ).map(row => row.count)
const isClosed = async (account_id: string): Promise<boolean> =>
  (await call('GET', `/v1/support-accounts/${account_id}`)).body.closed_at !== null

t.test('a job exists exactly when the change does that needs it', async t => {
  await inTransaction(database, async trx => {
    await context.enqueue(trx, { queue: 'end-contract', id: 'undone', start_at: clock.now() })
    throw new Error('undone')
  }).catch(() => {})
  t.strictSame(await jobsOf(database, 'end-contract', 'undone'), [])
  await putContract(call, 'sent', { ends_on: '2027-03-31' })
  t.match(await jobsOf(database, 'end-contract', 'sent'), [{ state: 'created' }])
  t.equal(
    new Date((await jobsOf(database, 'end-contract', 'sent'))[0]!.start).toISOString(),
    '2027-03-31T15:00:00.000Z',
    'the start of the day after its last, in Asia/Tokyo',
  )
  await putContract(call, 'sent', { ends_on: '2027-03-31' })
  t.equal((await jobsOf(database, 'end-contract', 'sent')).length, 1, 'the same again needs no other')
})

t.test(
  "R28: on the day after its last a contract's end is recorded; accounts close or stay as other contracts say",
  async t => {
    await putContract(call, 'runs-out', { ends_on: '2026-04-01' })
    await putContract(call, 'goes-on')
    const alone = await register(call, 'runs-out', { role: 'primary', email: 'alone@jobs.example.jp' })
    const shared = { family_name: '伊藤', email: 'desk@jobs.example.jp', shared_mailbox: true }
    const leaver = await register(call, 'runs-out', shared)
    await register(call, 'goes-on', { ...shared, role: 'primary', family_name: '佐藤' })
    await makeJobsDue(database)
    const worker = jobWorker(t, service)
    await until(async () => (await jobsOf(database, 'end-contract', 'runs-out')).length > 1)
    t.notOk(await isClosed(alone.account_id), 'a job that comes early waits for its day')
    const hours = (Date.parse((await jobsOf(database, 'end-contract', 'runs-out'))[1]!.start) - Date.now()) / 3_600_000
    t.ok(
      hours > 14 && hours < 15,
      "which is as far away as the service's own clock says, whatever the database's may say",
    )
    clock.set('2026-04-01T15:00:00.000Z', '2026-04-02')
    await makeJobsDue(database)
    await until(async () => await isClosed(alone.account_id))
    t.match((await call('GET', `/v1/support-accounts/${leaver.account_id}`)).body, {
      state: 'open',
      display_name: '佐藤 太郎',
      residual_access: [{ contact_id: leaver.contact_id }],
    })
    const { items } = (await call('GET', '/v1/contracts/runs-out/history')).body
    const ended = items.find(({ event }: any) => event === 'contract.ended')
    t.match(ended, {
      client: 'madoguchi',
      request_id: /^job-/,
      occurred_at: '2026-04-01T15:00:00.000Z',
      after: { ends_on: '2026-04-01', reason: 'term_ended' },
    })
    const recorded = items.filter(({ request_id }: any) => request_id === ended.request_id)
    t.strictSame(recorded.map(({ event }: any) => event).toSorted(), [
      'contact.changed',
      'contract.ended',
      'support_account.access_left',
      'support_account.closed',
      'support_account.renamed',
    ])
    const sharing = recorded.find(({ event }: any) => event === 'contact.changed')
    t.match(sharing, {
      subject_id: leaver.contact_id,
      before: { mailbox_shared: true },
      after: { mailbox_shared: false },
    })
    await worker.stop()
  },
)

t.test('a job runs at its time, and not before', async t => {
  await putContract(call, 'on-time', { ends_on: '2026-04-02' })
  await database.run(compiled(sql`delete from pgboss.job where name = 'end-contract'`))
  clock.set('2026-04-02T15:00:00.000Z', '2026-04-03')
  await inTransaction(
    database,
    async trx =>
      await context.enqueue(trx, {
        queue: 'end-contract',
        id: 'on-time',
        start_at: new Date(Date.now() + 2_000).toISOString(),
      }),
  )
  const worker = jobWorker(t, service)
  await until(async () => (await jobsOf(database, 'end-contract', 'on-time'))[0]?.state === 'completed')
  const [row] = await database.run(
    compiled(
      sql<{
        late: number
      }>`select extract(epoch from started_on - start_after)::float8 as late from pgboss.job
        where name = 'end-contract' and data ->> 'id' = 'on-time'`,
    ),
  )
  t.ok(row!.late >= 0, `${row!.late} s late`)
  await worker.stop()
  clock.set('2026-04-01T00:30:00.000Z')
})

t.test('R28: a job of an end that billing has moved sends no other', async t => {
  clock.set('2026-04-01T00:30:00.000Z')
  await putContract(call, 'moved', { ends_on: '2026-04-30' })
  await putContract(call, 'moved', { ends_on: '2999-04-30' })
  t.equal((await jobsOf(database, 'end-contract', 'moved')).length, 2)
  clock.set('2026-04-30T15:00:00.000Z', '2026-05-01')
  await database.run(
    compiled(sql`update pgboss.job set start_after = now() where name = 'end-contract' and start_after < '2900-01-01'`),
  )
  const worker = jobWorker(t, service)
  await until(async () => (await jobsOf(database, 'end-contract', 'moved'))[0]!.state === 'completed')
  await worker.stop()
  t.match(
    (await jobsOf(database, 'end-contract', 'moved')).map(({ state }) => state),
    ['completed', 'created'],
  )
  t.strictSame(await count('contract.ended', 'moved'), [])
})

t.test('a thousand jobs that are due at once are worked off in seconds, one after the other', async t => {
  await database.run(compiled(sql`delete from pgboss.job`))
  await inTransaction(database, async trx => {
    for (let n = 0; n < 1000; n++)
      await context.enqueue(trx, { queue: 'end-contract', id: `nothing-${n}`, start_at: '2026-04-01T00:00:00.000Z' })
  })
  const worker = jobWorker(t, service)
  await until(
    async () =>
      (await database.run(compiled(sql`select from pgboss.job where name = 'end-contract' and state <> 'completed'`)))
        .length === 0,
  )
  await worker.stop()
})

t.test('a worker that stops finishes the job that runs, and gives back the others', async t => {
  clock.set('2026-04-01T00:30:00.000Z')
  await putContract(call, 'running', { ends_on: '2026-04-01' })
  clock.set('2026-04-02T00:30:00.000Z')
  await database.run(compiled(sql`delete from pgboss.job`))
  await inTransaction(database, async trx => {
    for (const id of ['running', 'waiting-1', 'waiting-2'])
      await context.enqueue(trx, {
        queue: 'end-contract',
        id,
        start_at: `2026-04-02T00:00:0${id === 'running' ? 0 : 1}.000Z`,
      })
  })
  const holder = await database.connect()
  await holder.query("begin; select from contracts where contract_id = 'running' for update")
  const worker = jobWorker(t, service)
  await until(async () => (await jobsOf(database, 'end-contract', 'running'))[0]?.state === 'active')
  const stopped = worker.stop()
  await holder.query('rollback')
  holder.release()
  await stopped
  t.match(await jobsOf(database, 'end-contract', 'running'), [{ state: 'completed' }])
  for (const id of ['waiting-1', 'waiting-2'])
    t.match(await jobsOf(database, 'end-contract', id), [{ state: 'retry' }], 'to be taken by the first that comes')
  t.strictSame(await count('contract.ended', 'running'), [1])
})
