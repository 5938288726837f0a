import t from 'tap'
import { runImport } from '#actions/imports/run-import.ts'
import { beginImportBatch } from '#actions/support/imports/begin-import-batch.ts'
import { runImportBatch } from '#actions/support/imports/import-batch.ts'
import { contact, contract, customer, importer, type Line } from '../helpers/imports.ts'
import { query } from '../helpers/query.ts'
import { testService } from '../helpers/test-service.ts'

const service = await testService(t)
const { call, context, database, owner_url } = service
const { send, report, imported } = importer(t, service)
const never = new AbortController().signal

const idOf = (name: string, index: number): string => `${name}${String(index).padStart(3, '0')}`

/** Contracts of one contact each, each of its own customer. */
const many = (name: string, count: number): Line[] =>
  Array.from({ length: count }, (_, index) => idOf(name, index)).flatMap(id => [
    customer(id),
    contract(id, id),
    contact(id, '山田 太郎', `yamada@${id}.example.jp`, { role: 'primary' }),
  ])

/** Lets the database fail at the contact of one contract, as at a fault of its own. */
const poison = async (contract_id: string): Promise<void> => {
  await query(
    owner_url,
    `create function poison() returns trigger language plpgsql as $$
      begin raise exception 'a fault' using errcode = 'XX000'; end $$;
    create trigger poison before insert on contacts for each row
      when (new.contract_id = '${contract_id}') execute function poison()`,
  )
}

t.test('R39: a row at which the service always fails ends its import, and no later one', async t => {
  await poison('p250')
  const file = many('p', 400)
  const [first, second] = [await send(file), await send(many('q', 2))]
  await t.rejects(runImport(context, first.body.import_id, never), /a fault/, 'the log has the error')
  const { state, rows, problem } = await report(first.body.import_id)
  t.match({ state, rows }, { state: 'failed', rows: { total: 1200, done: 751, created: 751 } })
  const line = 250 * 3 + 1
  t.match(problem, { type: '/problems/internal-error', status: 500, instance: /^[\da-f-]{36}$/ })
  t.match(problem.detail, new RegExp(`^Line ${line + 1}: .*"p250"`))
  const outcomes = await database.run<{ outcome: string | null; lines: number }>({
    name: '',
    text: `select outcome, count(*)::integer as lines from import_rows where import_id = $1 group by 1 order by 1`,
    values: [first.body.import_id],
  })
  t.same(outcomes, [
    { outcome: 'created', lines: 751 },
    { outcome: null, lines: 449 },
  ])
  const listed = async (id: string) => (await call('GET', `/v1/contracts/${id}/contacts`)).body.items?.length
  t.same([await listed('p249'), await listed('p250'), await listed('p251')], [1, undefined, undefined])
  await runImport(context, second.body.import_id, never)
  t.match(await report(second.body.import_id), { state: 'finished', rows: { created: 6 } })
  const ja = await call('GET', `/v1/imports/${first.body.import_id}`, undefined, { 'accept-language': 'ja' })
  t.match(ja.body.problem.detail, new RegExp(`^${line + 1}行目: .*「p250」`))
  await runImport(context, first.body.import_id, never)
  t.equal((await report(first.body.import_id)).state, 'failed')
  const events = await call('GET', '/v1/history?event=import.failed')
  t.match(events.body.items, [{ event: 'import.failed', after: { rows: { done: 751 } } }])
  await query(owner_url, 'drop trigger poison on contacts; drop function poison')
  const again = await imported(file)
  t.match(again, { state: 'finished', rows: { unchanged: 751, created: 449 } })
})

t.test('R39: an import that ends its process each time fails too', async t => {
  const { body } = await send(many('r', 1))
  for (let attempt = 1; attempt <= 8; attempt++) t.equal(await beginImportBatch(context, body.import_id), 'begun')
  t.equal(await runImportBatch(context, body.import_id), 'over')
  const { state, rows, problem } = await report(body.import_id)
  t.match({ state, rows }, { state: 'failed', rows: { done: 0 } })
  t.match(problem.detail, /^Line 1: .*"r000"/)
})

t.test('R39: a dry run fails in the same way', async t => {
  await poison('s000')
  const { body } = await send(many('s', 1), '?dry_run=true')
  await t.rejects(runImport(context, body.import_id, never), /a fault/)
  t.match(await report(body.import_id), { state: 'failed', rows: { done: 0 } })
  t.equal((await call('GET', '/v1/customers/s000')).status, 404)
})
