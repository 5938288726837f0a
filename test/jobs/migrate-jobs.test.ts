import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { sql } from 'kysely'
import { getRollbackPlans } from 'pg-boss'
import t from 'tap'
import { emptyDatabase, openPool } from '../helpers/test-database.ts'
import { testService, type TestService } from '../helpers/test-service.ts'
import { until } from '../helpers/until.ts'
import { migrateForService } from '#start/migrate-database.ts'
import { missingJobTables } from '#db/schema/job-schema.ts'
import { missingMigrations } from '#db/schema/migrations.ts'
import { compiled } from '#db/driver/statement.ts'
import { startJobWorker } from '#jobs/job-worker.ts'

const service = await testService(t)
const { call, database } = service
const owner = openPool(t, service.owner_url)
const migrate = async () => await migrateForService(service.url, service.owner_url)

/** A worker that is only started and stopped, and what it reported. */
function workerOn(url: string, { context }: TestService) {
  const reported: (Error & { code?: string })[] = []
  return { reported, ...startJobWorker({ url, context, onError: error => reported.push(error), pollingSeconds: 0.5 }) }
}

t.test("the job library's tables are those that this release asks for", async t => {
  t.strictSame(await missingMigrations(database), [])
  const { version } = (await database.run(compiled(sql<{ version: number }>`select version from pgboss.version`)))[0]!
  await database.run(compiled(sql`update pgboss.version set version = ${version - 1}`))
  t.strictSame(
    await missingJobTables(database),
    [`pgboss ${version}`],
    'a library of another version needs another number in job-schema.ts',
  )
  t.match(await call('GET', '/readyz'), { status: 503, body: { type: '/problems/unavailable' } })
  await database.run(compiled(sql`update pgboss.version set version = ${version + 1}`))
  t.strictSame(await missingJobTables(database), [], 'those of a newer release will do while releases change')
  await database.run(compiled(sql`update pgboss.version set version = ${version}`))
})

t.test("a database that lacks a queue, or the library's tables altogether, is not ready", async t => {
  await database.run(compiled(sql`delete from pgboss.queue where name = 'end-contract'`))
  t.strictSame(await missingJobTables(database), ['queue end-contract'])
  t.strictSame(await migrate(), ['queue end-contract'])
  t.equal((await call('GET', '/readyz')).status, 200)
  await owner.run(compiled(sql`drop schema pgboss cascade`))
  t.equal((await call('GET', '/readyz')).status, 503)
  t.equal((await migrate()).length, 8)
  t.equal((await call('GET', '/readyz')).status, 200)
  t.strictSame(await migrate(), [])
})

t.test(
  'tables of an older release of the library are brought up, with the indexes that it builds afterwards',
  async t => {
    const client = await owner.connect()
    for (let version = 46; version > 39; version--) await client.query(getRollbackPlans('pgboss', version))
    client.release()
    // The library then looks for builds now.
    await database.run(compiled(sql`update pgboss.version set bam_on = null`))
    t.strictSame(await migrate(), ['pgboss 46'])
    const builds = await database.run(compiled(sql<{ status: string }>`select status::text from pgboss.bam`))
    t.ok(builds.length > 0)
    t.strictSame(new Set(builds.map(({ status }) => status)), new Set(['completed']))
    t.equal((await call('GET', '/readyz')).status, 200)
  },
)

t.test('an index of the library that cannot be built is reported', async t => {
  await database.run(compiled(sql`update pgboss.version set bam_on = null`))
  await database.run(
    compiled(
      sql`insert into pgboss.bam (name, version, status, table_name, command)
        values ('broken', 46, 'pending', 'job_common',
          'create index concurrently broken on pgboss.job_common (nothing)')`,
    ),
  )
  await t.rejects(migrate(), { message: 'an index of the job library could not be built' })
  await database.run(compiled(sql`delete from pgboss.bam where name = 'broken'`))
  t.strictSame(await migrate(), [])
})

t.test('several processes may migrate at once, and a worker that is there before begins when they have', async t => {
  const { url, owner_url } = await emptyDatabase(t)
  const worker = workerOn(url, service)
  t.teardown(worker.stop)
  await until(async () => worker.reported.length > 0)
  await Promise.all([1, 2, 3].map(async () => await migrateForService(url, owner_url)))
  const empty = openPool(t, url, 1)
  t.strictSame(await missingMigrations(empty), [])
  t.match(await empty.run(compiled(sql`select name, cron from pgboss.schedule order by name`)), [
    { name: 'catch-up', cron: '5-59/10 * * * *' },
    { name: 'purge-idempotency-keys', cron: '23 * * * *' },
  ])
  await until(
    async () =>
      (await empty.run(compiled(sql`select from pgboss.job where name = 'catch-up' and state = 'completed'`)))
        .length === 1,
  )
  t.strictSame(
    worker.reported.map(({ code, message }) => ({ code, message })),
    [{ code: 'start_retry', message: 'jobs are held up' }],
    'said once, and by a code alone',
  )
})

t.test('a worker whose database is away, or silent, reports it and stops when it has to', async t => {
  const silent = createServer(socket => socket.on('error', () => {})).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  t.teardown(() => {
    silent.close()
  })
  const { port } = silent.address() as AddressInfo
  const closed = createServer().listen(0, '127.0.0.1')
  await once(closed, 'listening')
  const away = (closed.address() as AddressInfo).port
  await new Promise(resolve => closed.close(resolve))
  for (const [name, url] of [
    ['away', `postgres://x:y@127.0.0.1:${away}/z`],
    ['silent', `postgres://x:y@127.0.0.1:${port}/z`],
  ] as const) {
    const worker = workerOn(url, service)
    await until(async () => worker.reported.length > 0)
    await worker.stop()
    t.strictSame(
      worker.reported.map(({ code }) => code),
      ['start_retry'],
      name,
    )
  }
})
