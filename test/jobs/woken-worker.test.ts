import { sql } from 'kysely'
import t from 'tap'
import { compiled } from '#db/driver/statement.ts'
import { customer, importer } from '../helpers/imports.ts'
import { jobWorker } from '../helpers/job-worker.ts'
import { secondInstance, testService } from '../helpers/test-service.ts'
import { until } from '../helpers/until.ts'

const service = await testService(t)
const { send, report } = importer(t, service)
const other = await secondInstance(t, service)
const HOUR = 3600

/** How many sessions wait for jobs. */
async function listening(): Promise<number> {
  const sessions = compiled(
    sql`select from pg_stat_activity where datname = current_database() and query = 'listen madoguchi_jobs'`,
  )
  return (await service.database.run(sessions)).length
}

t.test('R39: an import that is received wakes a worker of another process, which looks for jobs rarely', async t => {
  const worker = jobWorker(t, { url: service.url, context: other.context }, HOUR)
  await until(async () => (await listening()) === 1)
  for (const name of ['first', 'second']) {
    const { body } = await send([customer(name)])
    await until(async () => (await report(body.import_id)).state === 'finished')
    t.match(await report(body.import_id), { rows: { created: 1 } })
  }
  await worker.stop()
  await until(async () => (await listening()) === 0)
  t.pass('a worker that stops does not listen')
})

t.test('R39: a worker that starts looks for what came before it listened', async t => {
  const { body } = await send([customer('third')])
  jobWorker(t, { url: service.url, context: other.context }, HOUR)
  await until(async () => (await report(body.import_id)).state === 'finished')
  t.match(await report(body.import_id), { rows: { created: 1 } }, 'what came before it listened is looked for')
})
