import t from 'tap'
import { historyOf, rowCounts } from '../../helpers/history.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, clock, database } = await testService(t)

t.test(
  'a customer is created once: the same again answers 200 with the same body and entity tag, and is no change',
  async t => {
    const first = await call(
      'PUT',
      '/v1/customers/0012500000Xyz',
      { name: '株式会社青空商事' },
      { 'request-id': 'crm-1' },
    )
    t.match(first, { status: 201, headers: { location: '/v1/customers/0012500000Xyz' } })
    t.same(first.body, { customer_id: '0012500000Xyz', name: '株式会社青空商事', updated_at: clock.now() })
    const second = await call(
      'PUT',
      '/v1/customers/0012500000Xyz',
      { name: '株式会社青空商事' },
      { 'request-id': 'crm-2' },
    )
    t.match(second, { status: 200, text: first.text, headers: { etag: first.headers['etag']!, location: undefined } })
    const read = await call('GET', '/v1/customers/0012500000Xyz')
    t.match(read, { status: 200, text: first.text, headers: { etag: first.headers['etag']! } })
    t.match(await historyOf(database, 'crm-1'), [
      {
        actor: 'test',
        event: 'customer.created',
        subject_id: '0012500000Xyz',
        customer_id: '0012500000Xyz',
        before: null,
        after: { name: '株式会社青空商事' },
      },
    ])
    t.same(await historyOf(database, 'crm-2'), [])
  },
)

t.test('a customer is renamed, and the record says from what to what', async t => {
  await call('PUT', '/v1/customers/renamed', { name: 'Old Ltd' })
  const renamed = await call('PUT', '/v1/customers/renamed', { name: 'New Ltd' }, { 'request-id': 'rename' })
  t.match(renamed, { status: 200, body: { name: 'New Ltd' } })
  t.match((await call('GET', '/v1/customers/renamed')).body, { name: 'New Ltd' })
  t.match(await historyOf(database, 'rename'), [
    {
      event: 'customer.changed',
      occurred_at: '2026-04-01T00:30:00.000Z',
      before: { name: 'Old Ltd' },
      after: { name: 'New Ltd' },
    },
  ])
})

t.test('a name in any script comes back as it was sent', async t => {
  for (const name of [
    '𠮷野家﨑﨑神',
    'Ünïcödé & Söhne',
    '🏯 城',
    'שלום',
    'a  b',
    '"quoted" \\ back',
    'é',
    "Robert'); drop table customers; --",
  ]) {
    t.equal((await call('PUT', '/v1/customers/scripts', { name })).body.name, name)
    t.equal((await call('GET', '/v1/customers/scripts')).body.name, name)
  }
})

t.test('ids are as their master gave them: case matters, and what no id can be is refused', async t => {
  await call('PUT', '/v1/customers/Case', { name: 'upper' })
  t.equal((await call('PUT', '/v1/customers/case', { name: 'lower' })).status, 201)
  for (const id of ['a'.repeat(64), '...', '-', '_', '0'])
    t.equal((await call('PUT', `/v1/customers/${id}`, { name: 'x' })).status, 201, id)
  const before = await rowCounts(database)
  for (const id of ['a'.repeat(65), 'a%20b', '%E5%B1%B1', 'a%2Fb', 'a%00', 'a:b']) {
    t.match(
      await call('PUT', `/v1/customers/${id}`, { name: 'x' }),
      { status: 400, body: { errors: [{ in: 'path', pointer: '#/customer_id' }] } },
      id,
    )
  }
  t.same(await rowCounts(database), before)
})

t.test('a name is 1 to 200 characters without white space at its ends', async t => {
  t.equal((await call('PUT', '/v1/customers/name', { name: '𠮷'.repeat(200) })).status, 201)
  for (const [name, code] of [
    ['', 'too-short'],
    ['x'.repeat(201), 'too-long'],
    [' x', 'invalid-format'],
    ['x ', 'invalid-format'],
    ['　x', 'invalid-format'],
    [null, 'wrong-type'],
    [1, 'wrong-type'],
    [undefined, 'required'],
  ] as const) {
    const refused = await call('PUT', '/v1/customers/name', { name })
    t.match(refused, { status: 400, body: { type: '/problems/invalid-request' } }, String(name))
    t.ok(
      refused.body.errors.some((error: any) => error.code === code && error.pointer === '#/name'),
      refused.text,
    )
  }
  t.equal((await call('GET', '/v1/customers/name')).body.name, '𠮷'.repeat(200))
})
