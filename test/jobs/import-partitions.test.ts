import t from 'tap'
import { runImport } from '#actions/imports/run-import.ts'
import { putContract, register } from '../helpers/fixtures.ts'
import { contact, contract, customer, importer, many } from '../helpers/imports.ts'
import { query } from '../helpers/query.ts'
import { secondInstance, testService } from '../helpers/test-service.ts'

const service = await testService(t)
const { call, context, database, owner_url } = service
const other = await secondInstance(t, service)
const { send, report } = importer(t, service)
const never = new AbortController().signal

t.test('R39: a row that ends its connection each time ends its partition, and the other is done', async t => {
  const { body } = await send(many('k', 20))
  await query(
    owner_url,
    `create function die() returns trigger language plpgsql as $$
      begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$;
    create trigger die before insert on contacts for each row when (new.contract_id = 'k7') execute function die()`,
  )
  const ends = async (): Promise<boolean> =>
    await runImport(context, body.import_id, never).then(
      () => true,
      () => false,
    )
  let deaths = 0
  while (deaths < 40 && !(await ends())) deaths++
  t.ok(deaths >= 8, `${deaths} times`)
  await query(owner_url, 'drop trigger die on contacts; drop function die')
  const { state, problem, rows } = await report(body.import_id)
  t.equal(state, 'failed')
  t.match(problem.detail, /"k7"/)
  const left = await database.run<{ id: string; partition: number; rows: number }>({
    name: '',
    text: 'select id, partition, rows from import_units where import_id = $1 order by group_id, kind desc, id',
    values: [body.import_id],
  })
  t.equal(left[0]?.id, 'k7')
  t.equal(new Set(left.map(({ partition }) => partition)).size, 1)
  t.equal(rows['done'], 60 - left.reduce((sum, unit) => sum + unit.rows, 0))
})

t.test('R20, R39: customers who share an address are in one partition, others in either', async t => {
  const shared = Array.from({ length: 20 }, (_, index) => contact(`s${index}`, '伊藤 花子', 'ito@agency.example.jp'))
  const { body } = await send([...many('s', 20), ...shared, ...many('x', 20)])
  const partitions = await database.run<{ letter: string; partitions: number[] }>({
    name: '',
    text: `select left(id, 1) as letter, array_agg(distinct partition order by partition) as partitions
      from import_units where import_id = $1 group by 1 order by 1`,
    values: [body.import_id],
  })
  t.equal(partitions[0]?.partitions.length, 1)
  t.match(partitions[1], { letter: 'x', partitions: [0, 1] })
  await Promise.all([context, other.context].map(async one => await runImport(one, body.import_id, never)))
  t.match(await report(body.import_id), { state: 'finished', rows: { done: 140 } })
})

t.test('R39: so are customers of whom one contract has lines', async t => {
  const names = Array.from({ length: 12 }, (_, index) => `m${index}`)
  const { customer_id: _none, ...nobody } = contract('z-moved', '')
  const others = [contract('z-moved', 'tokyo'), contract('z-moved', 'osaka'), nobody]
  const lines = [...names.flatMap(id => [customer(id), contract('m-moved', id)]), ...others]
  const { body } = await send(lines)
  const groups = await database.run({
    name: '',
    text: 'select distinct group_id from import_units where import_id = $1 order by group_id',
    values: [body.import_id],
  })
  t.same(groups, [{ group_id: 'm0' }, { group_id: 'osaka' }], 'a line without a customer joins none')
  await runImport(context, body.import_id, never)
  t.match(await report(body.import_id), { state: 'finished', rows: { created: 13, changed: 11, refused: 3 } })
})

t.test('R20, R39: so are customers who meet at an address that the registry has on a contract of the file', async t => {
  await putContract(call, 'g-1', { customer_id: 'g' })
  await register(call, 'g-1', { role: 'primary', email: 'yamada@g.example.jp' })
  await register(call, 'g-1', { family_name: '伊藤', email: 'ito@g.example.jp' })
  const alone = { role: 'primary', family_name: '山田', given_name: '太郎', email: 'yamada@g.example.jp' }
  const roster = { type: 'roster', contract_id: 'g-1', contacts: [alone] }
  const lines = [
    roster,
    customer('f'),
    contract('f-1', 'f'),
    contact('f-1', '伊藤 花子', 'ito@g.example.jp', { role: 'primary' }),
  ]
  const reports: unknown[] = []
  for (const query of ['?dry_run=true', '']) {
    const { body } = await send(lines, query)
    const groups = await database.run({
      name: '',
      text: 'select distinct group_id from import_units where import_id = $1',
      values: [body.import_id],
    })
    t.same(groups, [{ group_id: 'f' }])
    await runImport(context, body.import_id, never)
    const { items } = await report(body.import_id)
    reports.push(items.map(({ line, outcome, problems }) => ({ line, outcome, problems })))
  }
  t.same(reports[0], reports[1], 'so a dry run says what the import does')
})
