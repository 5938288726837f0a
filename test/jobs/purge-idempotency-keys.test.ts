import { sql } from 'kysely'
import t from 'tap'
import { person, putContract } from '../helpers/fixtures.ts'
import { jobWorker } from '../helpers/job-worker.ts'
import { testService } from '../helpers/test-service.ts'
import { until } from '../helpers/until.ts'
import { purgeIdempotencyKeys } from '#actions/purge-idempotency-keys.ts'
import { compiled } from '#db/driver/statement.ts'
import { inTransaction } from '#db/driver/transaction.ts'

const service = await testService(t)
const { call, clock, context, database } = service
const keys = async (): Promise<string[]> =>
  (await database.run(compiled(sql<{ key: string }>`select key from idempotency_keys order by key`))).map(
    ({ key }) => key,
  )
const ask = async (key: string) =>
  await call(
    'POST',
    '/v1/contracts/kept/contacts',
    person({ email: `${key}@kept.example.jp`, family_name: key, role: key === 'first' ? 'primary' : 'secondary' }),
    { 'idempotency-key': key },
  )
const run = async (signal = new AbortController().signal): Promise<void> => await purgeIdempotencyKeys(context, signal)

t.test('an outcome is removed by its job once it answers no more, and not before', async t => {
  await putContract(call, 'kept', { product_id: 'data_link', connections: 50 })
  await ask('first')
  clock.set('2026-04-01T12:00:00.000Z')
  await ask('second')
  clock.set('2026-04-02T00:29:59.999Z')
  await run()
  t.same(await keys(), ['first', 'second'])
  clock.set('2026-04-02T00:30:00.000Z')
  await ask('third')
  t.same(await keys(), ['first', 'second', 'third'], 'a new key removes no others')
  await run(AbortSignal.abort())
  t.same(await keys(), ['first', 'second', 'third'])
  await inTransaction(database, async trx => {
    await context.enqueue(trx, {
      // The types allow only the queues that actions use.
      queue: 'purge-idempotency-keys' as never,
      id: '',
      start_at: '2026-04-01T00:00:00.000Z',
    })
  })
  const worker = jobWorker(t, service)
  await until(async () => (await keys()).length === 2)
  t.same(await keys(), ['second', 'third'])
  await worker.stop()
})

t.test('many leave in batches; one that a request is replacing stays', async t => {
  await database.run(
    compiled(
      sql`insert into idempotency_keys (client, key, fingerprint, outcome, created_at)
        select 'many', n::text, '', '{}', '2026-03-01' from generate_series(1, 2500) n`,
    ),
  )
  const holder = await database.connect()
  await holder.query('begin')
  await holder.query("update idempotency_keys set created_at = '2026-04-02' where client = 'many' and key = '17'")
  await run()
  t.same(await keys(), ['17', 'second', 'third'])
  await holder.query('commit')
  holder.release()
  await run()
  t.same(await keys(), ['17', 'second', 'third'])
})
