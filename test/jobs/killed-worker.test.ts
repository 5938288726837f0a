import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { sql } from 'kysely'
import t from 'tap'
import { fillContract } from '../helpers/fixtures.ts'
import { jobWorker } from '../helpers/job-worker.ts'
import { testService } from '../helpers/test-service.ts'
import { until } from '../helpers/until.ts'
import { compiled } from '#db/driver/statement.ts'

const service = await testService(t)
const { call, clock, database } = service

const states = async (): Promise<string[]> =>
  (
    await database.run(
      compiled(
        sql<{ state: string }>`select state::text from pgboss.job where name = 'end-contract' order by created_on`,
      ),
    )
  ).map(({ state }) => state)

t.test('R28: a job whose worker is killed in the middle of it is taken up by another, and done once', async t => {
  const [{ account_id }] = await fillContract(call, 'taken-up', 0, { ends_on: '2026-04-01' })
  clock.set('2026-04-02T00:30:00.000Z')
  // The worker's heartbeat is expected every second rather than every twenty.
  await database.run(
    compiled(
      sql`update pgboss.job set heartbeat_seconds = 1, retry_delay = 0, retry_backoff = false, start_after = now()
        where name = 'end-contract'`,
    ),
  )
  const holder = await database.connect()
  await holder.query("begin; select from contracts where contract_id = 'taken-up' for update")

  const child = spawn(process.execPath, [join(import.meta.dirname, 'worker-process.ts'), service.url], {
    stdio: 'ignore',
  })
  t.teardown(() => child.kill('SIGKILL'))
  const waiting = async (): Promise<boolean> =>
    (
      await database.run(
        compiled(sql`select from pg_locks where not granted and locktype in ('transactionid', 'tuple')`),
      )
    ).length > 0
  await until(async () => (await states()).includes('active') && (await waiting()))
  child.kill('SIGKILL')
  await once(child, 'exit')
  await holder.query('rollback')
  holder.release()
  t.strictSame(await states(), ['active'], 'it looks as if it were being worked on')

  jobWorker(t, service)
  await until(async () => (await states()).join() === 'completed')
  t.type((await call('GET', `/v1/support-accounts/${account_id}`)).body.closed_at, 'string')
  const { items } = (await call('GET', '/v1/contracts/taken-up/history')).body
  t.equal(items.filter(({ event }: any) => event === 'contract.ended').length, 1)
})
