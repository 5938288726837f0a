import t from 'tap'
import { runImport } from '#actions/imports/run-import.ts'
import { beginImportBatch } from '#actions/support/imports/begin-import-batch.ts'
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

type Unit = { kind: string; id: string; partition: number; rows: number }

/** The units of an import that wait, in the order in which they are worked off. */
const unitsOf = async (import_id: string): Promise<Unit[]> =>
  await database.run<Unit>({
    name: '',
    text: `select kind, id, partition, rows from import_units where import_id = $1
      order by partition, group_id, kind desc, id`,
    values: [import_id],
  })

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
  const units = await unitsOf(first.body.import_id)
  const poisoned = units.find(({ kind, id }) => kind === 'contract' && id === 'p250')!
  const left = units.slice(units.indexOf(poisoned)).filter(({ partition }) => partition === poisoned.partition)
  const waiting = left.reduce((sum, unit) => sum + unit.rows, 0)
  t.ok(waiting > 2, 'after the fault, rows of its partition would have come')
  await t.rejects(runImport(context, first.body.import_id, never), /a fault/, 'the log has the error')
  const { state, rows, problem } = await report(first.body.import_id)
  const created = 1200 - waiting
  t.match(
    { state, rows },
    { state: 'failed', rows: { total: 1200, done: created, created } },
    'all other rows are done',
  )
  t.same(await unitsOf(first.body.import_id), left)
  const line = 250 * 3 + 1
  t.match(problem, { type: '/problems/internal-error', status: 500, instance: /^[\da-f-]{36}$/ })
  t.match(problem.detail, new RegExp(`^Line ${line + 1}: .*"p250"`))
  const outcomes = await database.run<{ outcome: string | null; lines: number }>({
    name: '',
    text: `select outcome, count(*)::integer as lines from import_rows where import_id = $1 group by 1 order by 1`,
    values: [first.body.import_id],
  })
  t.same(outcomes, [
    { outcome: 'created', lines: created },
    { outcome: null, lines: waiting },
  ])
  const statusOf = async (id: string): Promise<number> => (await call('GET', `/v1/contracts/${id}/contacts`)).status
  t.same([await statusOf('p249'), await statusOf('p250')], [200, 404])
  await runImport(context, second.body.import_id, never)
  t.match(await report(second.body.import_id), { state: 'finished', rows: { created: 6 } })
  const ja = await call('GET', `/v1/imports/${first.body.import_id}`, undefined, { 'accept-language': 'ja' })
  t.match(ja.body.problem.detail, new RegExp(`^${line + 1}行目: .*「p250」`))
  await runImport(context, first.body.import_id, never)
  t.equal((await report(first.body.import_id)).state, 'failed')
  const events = await call('GET', '/v1/history?event=import.failed')
  t.match(events.body.items, [{ event: 'import.failed', after: { rows: { done: created } } }])
  await query(owner_url, 'drop trigger poison on contacts; drop function poison')
  const again = await imported(file)
  t.match(again, { state: 'finished', rows: { unchanged: created, created: waiting } })
})

t.test('R39: an import that ends its process each time fails too', async t => {
  const { body } = await send(many('r', 1))
  const key = { import_id: body.import_id, partition: (await unitsOf(body.import_id))[0]!.partition }
  for (let attempt = 1; attempt <= 8; attempt++) t.equal(await beginImportBatch(context, key), 'begun')
  t.equal(await beginImportBatch(context, key), 'done', 'its partition is given up')
  await runImport(context, body.import_id, never)
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

t.test('R39: what failed is reported also where the database fails after it', async t => {
  await query(
    owner_url,
    `drop trigger poison on contacts;
    create or replace function poison() returns trigger language plpgsql as $$
      begin
        if 1 = (select max(attempts) from import_partitions join imports using (import_id) where ended_at is null)
        then raise exception 'a fault' using errcode = 'XX000'; end if;
        perform pg_terminate_backend(pg_backend_pid());
        return new;
      end $$;
    create trigger poison before insert on contacts for each row execute function poison()`,
  )
  const { body } = await send(many('v', 1))
  await t.rejects(runImport(context, body.import_id, never), /a fault/, 'first')
  await t.rejects(runImport(context, body.import_id, never), { code: '57P01' }, 'the job that goes on')
})
