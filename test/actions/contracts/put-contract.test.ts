import t from 'tap'
import { putCustomer, register } from '../../helpers/fixtures.ts'
import { historyOf, rowCounts } from '../../helpers/history.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, database } = await testService(t)
const terms = {
  customer_id: 'customer-1',
  product_id: 'manage',
  app_ids: ['attendance'],
  connections: 0,
  starts_on: '2024-04-01',
  ends_on: null,
}
await putCustomer(call, 'customer-1')
await putCustomer(call, 'customer-2')

t.test('two identical PUTs: 201, then 200 with the same body and entity tag, and one entry in the record', async t => {
  const first = await call('PUT', '/v1/contracts/C-1', terms, { 'request-id': 'billing-1' })
  t.match(first, {
    status: 201,
    headers: { location: '/v1/contracts/C-1' },
    body: {
      ...terms,
      contract_id: 'C-1',
      state: 'in_force',
      registration: 'unregistered',
      seats: { limit: 5, used: 0 },
    },
  })
  const second = await call('PUT', '/v1/contracts/C-1', terms, { 'request-id': 'billing-2' })
  t.match(second, { status: 200, text: first.text, headers: { etag: first.headers['etag']!, location: undefined } })
  t.match(await call('GET', '/v1/contracts/C-1'), {
    status: 200,
    text: first.text,
    headers: { etag: first.headers['etag']! },
  })
  t.match(await historyOf(database, 'billing-1'), [
    {
      actor: 'test',
      event: 'contract.created',
      subject_id: 'C-1',
      contract_id: 'C-1',
      customer_id: 'customer-1',
      before: null,
      after: { product_id: 'manage' },
    },
  ])
  t.same(await historyOf(database, 'billing-2'), [])
})

t.test('R38: a feed takes nothing away by leaving it out: every field is required, each missing one named', async t => {
  const { customer_id, product_id, starts_on } = terms
  const refused = await call('PUT', '/v1/contracts/C-1', { customer_id, product_id, starts_on })
  t.match(refused, {
    status: 400,
    body: {
      errors: ['app_ids', 'connections', 'ends_on'].map(field => ({
        in: 'body',
        pointer: `#/${field}`,
        code: 'required',
      })),
    },
  })
  t.match((await call('GET', '/v1/contracts/C-1')).body, { app_ids: ['attendance'], seats: { limit: 5 } })
  for (const field of Object.keys(terms)) {
    const { [field as keyof typeof terms]: _left, ...others } = terms
    t.match(
      await call('PUT', '/v1/contracts/C-1', others),
      { status: 400, body: { errors: [{ pointer: `#/${field}`, code: 'required' }] } },
      field,
    )
  }
})

t.test('R9: an app that is named twice counts once', async t => {
  const twice = await call('PUT', '/v1/contracts/twice', {
    ...terms,
    app_ids: ['attendance', 'attendance', 'expenses'],
  })
  t.same(twice.body.app_ids, ['attendance', 'expenses'], 'R9')
})

t.test(
  'R9: customers, products and apps that the registry does not know are refused by name, each with its place',
  async t => {
    const before = await rowCounts(database)
    const refused = await call('PUT', '/v1/contracts/unknown', {
      ...terms,
      customer_id: 'nobody',
      product_id: 'nothing',
      app_ids: ['attendance', 'naught', 'naught'],
    })
    t.match(refused, {
      status: 422,
      body: { type: '/problems/unknown-reference', title: String, detail: /nobody.*nothing.*naught/ },
    })
    t.same(refused.body.references, [
      { resource: 'customer', id: 'nobody', pointer: '#/customer_id' },
      { resource: 'product', id: 'nothing', pointer: '#/product_id' },
      { resource: 'app', id: 'naught', pointer: '#/app_ids/1' },
      { resource: 'app', id: 'naught', pointer: '#/app_ids/2' },
    ])
    t.equal((await call('GET', '/v1/contracts/unknown')).status, 404)
    t.same(await rowCounts(database), before)
  },
)

t.test('R36: a contract that never had a contact is given its right customer', async t => {
  const first = await call('PUT', '/v1/contracts/corrected', terms)
  const corrected = await call(
    'PUT',
    '/v1/contracts/corrected',
    { ...terms, customer_id: 'customer-2' },
    { 'if-match': first.headers['etag']!, 'request-id': 'corrected' },
  )
  t.match(corrected, { status: 200, body: { customer_id: 'customer-2', registration: 'unregistered' } })
  t.match(await historyOf(database, 'corrected'), [
    { event: 'contract.changed', before: { customer_id: 'customer-1' }, after: { customer_id: 'customer-2' } },
  ])
  const contact = await register(call, 'corrected', { role: 'primary', email: 'corrected@example.jp' })
  t.equal(contact.customer_id, 'customer-2')
})

t.test('R36: a contract that ever had a contact stays with its customer', async t => {
  await call('PUT', '/v1/contracts/stays', terms)
  const { contact_id } = await register(call, 'stays', { role: 'primary', email: 'stays@example.jp' })
  t.equal((await call('DELETE', `/v1/contacts/${contact_id}`)).status, 204)
  const refused = await call('PUT', '/v1/contracts/stays', { ...terms, customer_id: 'customer-2', connections: 3 })
  t.match(refused, { status: 409, body: { type: '/problems/customer-fixed', contract_id: 'stays' } })
  t.notMatch(refused.text, 'customer-1')
  t.match((await call('GET', '/v1/contracts/stays')).body, { customer_id: 'customer-1', connections: 0 })
})

t.test('ends_on before starts_on is refused; one day is a term', async t => {
  const refused = await call('PUT', '/v1/contracts/term', { ...terms, starts_on: '2024-04-02', ends_on: '2024-04-01' })
  t.match(refused, {
    status: 422,
    body: { type: '/problems/invalid-value', errors: [{ in: 'body', pointer: '#/ends_on', code: 'before-start' }] },
  })
  t.equal((await call('GET', '/v1/contracts/term')).status, 404)
  t.match(await call('PUT', '/v1/contracts/term', { ...terms, starts_on: '2026-04-01', ends_on: '2026-04-01' }), {
    status: 201,
    body: { state: 'in_force' },
  })
})

t.test('days that no calendar knows, and whatever else is no contract, are refused', async t => {
  for (const [change, pointer, code] of [
    [{ starts_on: '2026-02-30' }, '#/starts_on', 'invalid-format'],
    [{ starts_on: '2026-2-3' }, '#/starts_on', 'invalid-format'],
    [{ starts_on: '0000-01-01' }, '#/starts_on', 'invalid-format'],
    [{ starts_on: '2024-04-01T00:00:00Z' }, '#/starts_on', 'too-long'],
    [{ starts_on: null }, '#/starts_on', 'wrong-type'],
    [{ ends_on: '' }, '#/ends_on', 'invalid-format'],
    [{ connections: -1 }, '#/connections', 'out-of-range'],
    [{ connections: 10001 }, '#/connections', 'out-of-range'],
    [{ connections: '1' }, '#/connections', 'wrong-type'],
    [{ connections: null }, '#/connections', 'wrong-type'],
    [{ app_ids: null }, '#/app_ids', 'wrong-type'],
    [{ app_ids: Array(201).fill('attendance') }, '#/app_ids', 'too-many'],
    [{ app_ids: ['a b'] }, '#/app_ids/0', 'invalid-format'],
    [{ customer_id: '' }, '#/customer_id', 'too-short'],
    [{ seat: {} }, '#/seat', 'unknown-field'],
    [{ contract_id: 'x' }, '#/contract_id', 'read-only'],
  ] as const) {
    const refused = await call('PUT', '/v1/contracts/refused', { ...terms, ...change })
    t.equal(refused.status, 400, JSON.stringify(change).slice(0, 40))
    t.ok(
      refused.body.errors.some((error: any) => error.pointer === pointer && error.code === code),
      refused.text,
    )
  }
  t.equal((await call('GET', '/v1/contracts/refused')).status, 404)
  t.equal((await call('PUT', '/v1/contracts/leap', { ...terms, starts_on: '2028-02-29' })).status, 201)
})
