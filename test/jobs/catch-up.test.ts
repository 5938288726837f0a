import { sql } from 'kysely'
import t from 'tap'
import { putContract, register } from '../helpers/fixtures.ts'
import { jobWorker } from '../helpers/job-worker.ts'
import { testService } from '../helpers/test-service.ts'
import { until } from '../helpers/until.ts'
import { openDatabase } from '#db/driver/database.ts'
import { compiled } from '#db/driver/statement.ts'
import { catchUp } from '#jobs/catch-up.ts'

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

t.test('R28: what cannot be done now holds up nothing else, and a catch-up that is to stop does', async t => {
  const contracts = Array.from({ length: 60 }, (_, n) => `caught-up-${String(n).padStart(2, '0')}`)
  clock.set('2026-04-01T00:30:00.000Z')
  for (const contract_id of contracts) await putContract(call, contract_id, { ends_on: '2026-04-01' })
  clock.set('2026-04-02T00:30:00.000Z')
  const impatient = openDatabase(
    { url: service.url, pool_size: 2, connect_timeout: 10_000, statement_timeout: 20_000, lock_timeout: 50 },
    () => {},
  )
  t.teardown(async () => {
    await impatient.close()
  })
  const errors: Error[] = []
  const run = async (signal: AbortSignal): Promise<void> =>
    await catchUp(
      { ...context, database: impatient },
      {
        caller: { actor: 'madoguchi', request_id: 'job-1', source: 'job' as const },
        signal,
        onError: error => errors.push(error),
      },
    )
  await run(AbortSignal.abort())
  t.strictSame(await count('contract.ended', 'caught-up-%'), [])
  const holder = await database.connect()
  await holder.query("begin; select from contracts where contract_id = 'caught-up-07' for update")
  await run(new AbortController().signal)
  t.strictSame((await count('contract.ended', 'caught-up-%')).length, 59)
  t.match(errors, [{ code: '55P03' }])
  await holder.query('rollback')
  holder.release()
  await run(new AbortController().signal)
  t.strictSame(
    await count('contract.ended', 'caught-up-%'),
    contracts.map(() => 1),
  )
})
