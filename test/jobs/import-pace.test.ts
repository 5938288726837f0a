import t from 'tap'
import { eventNumbering, NUMBERED_AT_ONCE, NUMBERED_BESIDE_REQUESTS } from '#actions/history/number-events.ts'
import { runImport } from '#actions/imports/run-import.ts'
import { beginImportBatch } from '#actions/support/imports/begin-import-batch.ts'
import { runImportBatch } from '#actions/support/imports/import-batch.ts'
import type { WorkPace } from '#actions/support/work-pace.ts'
import { pacedByRequests } from '../helpers/full-pace.ts'
import { importer, many } from '../helpers/imports.ts'
import { testService } from '../helpers/test-service.ts'

const service = await testService(t)
const { context } = service
const { send, report } = importer(t, service)
const never = new AbortController().signal
const busy = { ...context, pace: pacedByRequests() }

t.test('R39: while requests come, an import does 100 rows in a transaction, else 500', async t => {
  const { body } = await send(many('b', 390))
  const done = async (): Promise<number | undefined> => (await report(body.import_id)).rows['done']
  const key = { import_id: body.import_id, partition: 0 }
  t.equal(await runImportBatch(busy, key), 'more')
  t.equal(await done(), 99, 'whole contracts')
  t.equal(await runImportBatch(busy, key, { is_counted: true }), 'more')
  t.equal(await done(), 198)
  const before = (await done())!
  await runImportBatch(context, key, { is_counted: true })
  t.ok((await done())! - before > 300)
  await runImport(context, body.import_id, never)
  t.match(await report(body.import_id), { state: 'finished', rows: { done: 1170, created: 1170 } })
})

t.test('R39: while requests come, or after a process has died, an import has one transaction, else two', async t => {
  for (const [name, { pace }, most] of [
    ['one', busy, 1] as const,
    ['two', context, 2] as const,
    ['died', context, 1] as const,
  ]) {
    const { body } = await send(many(name, 40))
    for (const partition of name === 'died' ? [0, 1, 0, 1] : [])
      await beginImportBatch(context, { import_id: body.import_id, partition })
    let [open, greatest] = [0, 0]
    const connect = async (): ReturnType<typeof context.database.connect> => {
      const client = await context.database.connect()
      const release = client.release.bind(client)
      client.release = isBad => {
        open--
        release(isBad)
      }
      greatest = Math.max(greatest, ++open)
      return client
    }
    await runImport({ ...context, pace, database: { ...context.database, connect } }, body.import_id, never)
    t.match(await report(body.import_id), { state: 'finished', rows: { created: 120 } })
    t.equal(greatest, most, name)
  }
})

t.test('R37: while requests come, a look numbers 250 entries, else a thousand', async t => {
  const number = eventNumbering(context.database)
  const numbered = async (pace: WorkPace): Promise<number> =>
    await number(pace.portion(NUMBERED_AT_ONCE, NUMBERED_BESIDE_REQUESTS))
  t.equal(await numbered(busy.pace), 250)
  t.equal(await numbered(context.pace), 1000)
})
