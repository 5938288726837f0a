import t from 'tap'
import { deleteExpiredImport, listExpired } from '#actions/imports/delete-import.ts'
import { listStalled, runImport } from '#actions/imports/run-import.ts'
import { runImportBatch } from '#actions/support/imports/import-batch.ts'
import type { Job } from '#actions/support/action-context.ts'
import type { Db } from '#db/driver/database.ts'
import { BEFORE_ALL } from '#db/due.ts'
import { catchUp } from '#jobs/catch-up.ts'
import { job } from '../helpers/change-requests.ts'
import { contact, contract, customer, importer, many } from '../helpers/imports.ts'
import { secondInstance, testService } from '../helpers/test-service.ts'

const service = await testService(t)
const { call, context, clock } = service
const { send, report, imported } = importer(t, service)
const other = await secondInstance(t, service)
const never = new AbortController().signal
const HEADER = 'contract_id,role,name,email\n'

t.test('R39: an import goes on where it was, on any process, and accounts for every row once', async t => {
  const { body } = await send(many('r', 900))
  t.equal(await runImportBatch(context, { import_id: body.import_id, partition: 0 }), 'more')
  const { rows } = await report(body.import_id)
  t.ok(rows['done']! > 0 && rows['done']! < 1350, 'a part is done')
  const halves = [context, other.context].map(async one => await runImport(one, body.import_id, never))
  await Promise.all(halves)
  const done = await report(body.import_id)
  t.match(done, { state: 'finished', rows: { total: 2700, done: 2700, created: 2700 } })
  t.equal(done.items.length, 200)
  t.equal((await call('GET', `/v1/contracts/r899/contacts`)).body.items.length, 1)
})

t.test('R37, R39: events say that an import has started, each tenth of its rows, and its end', async t => {
  const { body } = await send(many('e', 700))
  await runImport(context, body.import_id, never)
  const steps = ['finished', 'progressed', 'started', 'received']
  const lists = steps.map(async step => (await call('GET', `/v1/history?event=import.${step}&limit=200`)).body.items)
  const said = (await Promise.all(lists))
    .flat()
    .filter(({ after }: { after: { import_id: string } }) => after.import_id === body.import_id)
  const [end, ...earlier] = said.map(({ event }: { event: string }) => event)
  t.equal(end, 'import.finished')
  t.strictSame(earlier.slice(-2), ['import.started', 'import.received'])
  t.strictSame([...new Set(earlier.slice(0, -2))], ['import.progressed'])
  t.ok(said.length <= 13, `${said.length} events`)
  const done = said.map(({ after }: { after: { rows: { done: number } } }) => after.rows.done)
  t.strictSame(
    done,
    done.toSorted((a: number, b: number) => b - a),
    'each says more',
  )
  t.match(said[0], { before: { state: 'running' }, after: { state: 'finished', rows: { done: 2100, total: 2100 } } })
})

t.test('R39: a process that stops leaves the rest to a job', async t => {
  const { body } = await send(many('s', 900))
  await runImport(context, body.import_id, AbortSignal.abort())
  t.match(await report(body.import_id), { state: 'running' })
  clock.set('2026-04-01T00:40:00.000Z')
  const page = { after: BEFORE_ALL, limit: 10 }
  const { body: next } = await send([customer('s-next')])
  clock.set('2026-04-01T00:50:00.000Z')
  t.match(await listStalled(context, page), [{ id: body.import_id }], 'a lost job is found, and no import that waits')
  const jobs: Job[] = []
  const enqueue = async (_trx: Db, sent: Job): Promise<void> => void jobs.push(sent)
  const onError = (error: Error): void => void t.fail(error.message)
  await catchUp({ ...context, enqueue }, { caller: job(), signal: never, onError })
  t.same(jobs, [{ queue: 'run-import', id: body.import_id }], 'another is sent')
  await runImport(other.context, body.import_id, never)
  t.match(await report(body.import_id), { state: 'finished', rows: { done: 2700 } })
  t.match(await listStalled(context, page), [{ id: next.import_id }], 'it waits no longer')
  t.same(await listStalled(context, { ...page, after: { ...BEFORE_ALL, id: next.import_id } }), [])
  await runImport(context, next.import_id, never)
  t.same(await listStalled(context, page), [])
})

t.test('R39: of two imports the second waits', async t => {
  const [first, second] = [await send([customer('w1')]), await send([customer('w2')])]
  t.equal(await runImportBatch(context, { import_id: second.body.import_id, partition: 0 }), 'waits')
  await runImport(context, second.body.import_id, never)
  t.match(await report(second.body.import_id), { state: 'received' })
  await runImport(context, first.body.import_id, never)
  t.match(await report(first.body.import_id), { state: 'finished' })
  await runImport(other.context, second.body.import_id, never)
  t.match(await report(second.body.import_id), { state: 'finished' })
})

t.test('R39: a cancelled import stops between contracts, and what was received can be deleted', async t => {
  const { body } = await send(many('c', 500), '?dry_run=true')
  const key = { import_id: body.import_id, partition: 0 }
  await runImportBatch(context, key)
  const open = await call('DELETE', `/v1/imports/${body.import_id}`)
  t.match(open, { status: 409, body: { type: '/problems/state-conflict', state: 'running' } })
  const cancelled = await call('POST', `/v1/imports/${body.import_id}/cancel`)
  t.match(cancelled, { status: 200, body: { state: 'cancelled' } })
  t.equal(await runImportBatch(context, key), 'done')
  t.match(await call('POST', `/v1/imports/${body.import_id}/cancel`), { status: 200 })
  const { rows } = await report(body.import_id)
  t.ok(rows['done']! < rows['total']!)
  t.equal((await call('DELETE', `/v1/imports/${body.import_id}`)).status, 204)
  t.equal((await call('GET', `/v1/imports/${body.import_id}/rows`)).status, 404)
  const finished = await imported([customer('w1')])
  t.match(await call('POST', `/v1/imports/${finished.import_id}/cancel`), { status: 409, body: { state: 'finished' } })
})

t.test('R39: what was received is deleted 30 days after the end', async t => {
  const { import_id } = await imported([customer('w1')])
  const page = { after: BEFORE_ALL, limit: 200 }
  clock.set('2026-04-30T00:40:00.000Z')
  t.same(await listExpired(context, page), [])
  clock.set('2026-05-02T00:40:00.000Z')
  const expired = await listExpired(context, page)
  t.ok(expired.some(({ id }) => id === import_id))
  for (const { id } of expired) await deleteExpiredImport(context, id, job())
  t.same((await call('GET', '/v1/imports')).body.items, [])
  const deleted = (await call('GET', '/v1/history?event=import.deleted')).body.items
  t.ok(deleted.some((entry: any) => entry.subject_id === import_id && entry.client === 'madoguchi'))
  await deleteExpiredImport(context, import_id, job())
  t.equal((await call('GET', '/v1/history?event=import.deleted')).body.items.length, deleted.length, 'once')
})

t.test('R39: a file that cannot be read fails before anything changes, with line and column', async t => {
  const type = { 'content-type': 'application/x-ndjson' }
  const good = JSON.stringify(customer('unread'))
  const fails = async (file: string, fault: object, headers: Record<string, string> = type) => {
    const { status, body } = await call('POST', '/v1/imports', file, headers)
    t.match({ status, body }, { status: 202, body: { state: 'failed', problem: { errors: [fault] } } }, file)
    await runImport(context, body.import_id, never)
  }
  await fails(`${good}\n{"type":"customer" "name"}\n`, { code: 'malformed-json', line: 2, column: 20 })
  await fails(`\n${good}\n{"type":"person"}`, { code: 'unknown-type', line: 3, found: 'person' })
  await fails(`${good}\n[1]`, { code: 'not-an-object', line: 2 })
  await fails(`${good}\n{"type":"customer","name":"${'x'.repeat(1024 * 1024)}"}`, { code: 'line-too-long', line: 2 })
  await fails('contract_id,email,naem\n', { code: 'unknown-column', found: 'naem' }, { 'content-type': 'text/csv' })
  t.equal((await call('GET', '/v1/customers/unread')).status, 404)
  const nothing = { status: 400, body: { errors: [{ pointer: '#', code: 'no-rows' }] } }
  for (const empty of ['', '\n \n']) t.match(await call('POST', '/v1/imports', empty, type), nothing)
  const table = { 'content-type': 'text/csv' }
  for (const empty of ['', '\ufeff', HEADER, `${HEADER}\n,,,\n`])
    t.match(await call('POST', '/v1/imports', empty, table), nothing)
  const large = await call('POST', '/v1/imports', good, { ...type, 'content-length': String(65 * 1024 * 1024) })
  t.match(large, { status: 413, body: { type: '/problems/payload-too-large' } })
  const ja = await call('POST', '/v1/imports', '{', { ...type, 'accept-language': 'ja' })
  t.match(ja.body.problem.detail, /^1行目/)
})

t.test('R39: a row that does not fit the contract is refused alone', async t => {
  const { items } = await imported([
    customer('f'),
    { type: 'customer', customer_id: '(none)', name: 'x' },
    contract('f-1', 'f', { ends_on: '2020-01-01' }),
    contract('f-2', 'nobody', { app_ids: ['unknown'] }),
    contract('f-3', 'f', { connections: 'many' }),
    contact('f-3', '山田 太郎', 'yamada@f.example.jp', { role: 'boss', surprise: 1 }),
    contact('f-3', '山田\u0007太郎', 'yamada@f.example.jp'),
    { type: 'contact', contract_id: 'f-3', email: 'nameless@f.example.jp' },
  ])
  t.match(items, [{ outcome: 'created' }, ...Array.from({ length: 7 }, () => ({ outcome: 'refused' }))])
  t.match(items[2].problems, [{ errors: [{ pointer: '#/ends_on', code: 'before-start' }] }])
  t.match(items[5].problems[0].errors, [{ pointer: '#/role' }, { pointer: '#/surprise' }])
  t.match(items[7].problems[0].errors, [{ pointer: '#/family_name', code: 'required' }])
  const page = await call('GET', `/v1/imports?state=finished&limit=1`)
  const rows = await call('GET', `/v1/imports/${page.body.items[0].import_id}/rows?outcome=created`)
  t.equal(rows.body.items.length, 1)
})

t.test('R39: the rows of a contract beyond a thousand are refused, and delay no other contract', async t => {
  const people = Array.from({ length: 1100 }, (_, index) => {
    const role = index === 0 ? 'primary' : 'secondary'
    return contact('crowd', '山田 太郎', `p${index}@crowd.example.jp`, { role })
  })
  const file = [customer('crowd'), contract('crowd', 'crowd'), ...people]
  const { rows, import_id } = await imported(file, '?on_problem=skip_row')
  t.match(rows, { total: 1102, done: 1102, skipped: 0 })
  t.equal(rows['created']! + rows['refused']!, 1102)
  const { body } = await call('GET', `/v1/imports/${import_id}/rows?outcome=refused&limit=200`)
  t.ok(body.items.length > 0)
  const beyond = await service.database.run<{ lines: number }>({
    name: '',
    text: `select count(*)::integer as lines from import_rows
      where import_id = $1 and outcome = 'refused' and errors::text like '%too-many-rows%'`,
    values: [import_id],
  })
  t.same(beyond, [{ lines: 100 }])
  t.match(await imported(file), { rows: { done: 1102, created: 0, changed: 0 } }, 'or none of them')
})
