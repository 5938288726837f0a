import t from 'tap'
import { fillContract, person, putContract, putCustomer, register } from '../helpers/fixtures.ts'
import { historyOf, rowCounts } from '../helpers/history.ts'
import { testService } from '../helpers/test-service.ts'

const { call, clock, database } = await testService(t)
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

t.test(
  'R27: a downgrade is not refused: the contract is over its limit, listed as such, keeps everybody, and takes ' +
    'nobody new',
  async t => {
    const [primary, second] = await fillContract(call, 'down', 5, { app_ids: ['attendance', 'man_hours'] })
    const down = await call('PUT', '/v1/contracts/down', { ...terms, app_ids: [] }, { 'request-id': 'downgrade' })
    t.match(down, { status: 200, body: { seats: { limit: 4, used: 6, available: 0, over: 2 } } })
    t.same(
      (await historyOf(database, 'downgrade')).map(({ event, subject_id }) => [event, subject_id]),
      [
        ['contract.changed', 'down'],
        ['contract.went_over_limit', 'down'],
      ],
    )
    t.equal((await call('GET', '/v1/contracts/down/contacts')).body.items.length, 6)
    const over = async (value: boolean) =>
      (await call('GET', `/v1/contracts?over_limit=${value}&limit=200`)).body.items.map((item: any) => item.contract_id)
    t.same(await over(true), ['down'])
    t.notOk((await over(false)).includes('down'))

    const refused = await call('POST', '/v1/contracts/down/contacts', person({ email: 'new@example.jp' }))
    t.match(refused, {
      status: 409,
      body: { type: '/problems/seat-limit-reached', contract_id: 'down', limit: 4, used: 6, over: 2 },
    })
    const replaced = await call('PUT', '/v1/contracts/down/primary', {
      new_contact: person({ family_name: '新任', email: 'new@example.jp' }),
      former_primary: 'removed',
    })
    t.match(replaced, { status: 200, body: { role: 'primary', name: '新任 太郎' } }, 'a replacement works')
    t.ok((await call('GET', `/v1/contacts/${primary.contact_id}`)).body.removed_at)
    t.match(
      await call('PATCH', `/v1/contacts/${second.contact_id}`, { duties: ['system'] }),
      { status: 200, body: { duties: ['system'] } },
      'a change works',
    )
    t.equal(
      (
        await call('PUT', '/v1/contracts/down/primary', {
          new_contact: person({ family_name: '追加', email: 'more@example.jp' }),
        })
      ).status,
      409,
      'a hand-over that raises the overage does not',
    )
    t.equal((await call('DELETE', `/v1/contacts/${second.contact_id}`)).status, 204, 'a removal works')
    t.match((await call('GET', '/v1/contracts/down')).body.seats, { limit: 4, used: 5, over: 1 })
    t.match(await call('POST', '/v1/contracts/down/contacts', person({ email: 'newer@example.jp' })), {
      status: 409,
      body: { over: 1 },
    })
    const up = await call('PUT', '/v1/contracts/down', { ...terms, app_ids: ['attendance', 'man_hours'] })
    t.match(up.body.seats, { limit: 6, used: 5, available: 1, over: 0 })
    t.equal((await call('POST', '/v1/contracts/down/contacts', person({ email: 'newest@example.jp' }))).status, 201)
  },
)

t.test("a contract that changes its product gets the new product's seats", async t => {
  await call('PUT', '/v1/contracts/moved', terms)
  t.match((await call('PUT', '/v1/contracts/moved', { ...terms, product_id: 'manage_ac' })).body.seats, { limit: 12 })
  t.match(
    (await call('PUT', '/v1/contracts/moved', { ...terms, product_id: 'data_link', connections: 2 })).body.seats,
    { limit: 4 },
  )
})

t.test('the moment of the last change is that of its own fields, and an unchanged PUT leaves it', async t => {
  const put = async (change: object) => (await call('PUT', '/v1/contracts/dated', { ...terms, ...change })).body
  const dated = async (now: string, change: object) => {
    clock.set(now)
    return (await put(change)).updated_at
  }
  t.teardown(() => clock.set('2026-04-01T00:30:00.000Z'))
  t.equal(await dated('2026-04-02T00:00:00.000Z', {}), '2026-04-02T00:00:00.000Z')
  t.equal(await dated('2026-04-03T00:00:00.000Z', {}), '2026-04-02T00:00:00.000Z')
  t.equal(await dated('2026-04-04T00:00:00.000Z', { app_ids: [] }), '2026-04-04T00:00:00.000Z')
  clock.set('2026-04-05T00:00:00.000Z')
  await register(call, 'dated', { role: 'primary', email: 'dated@example.jp' })
  t.match((await call('GET', '/v1/contracts/dated')).body, {
    updated_at: '2026-04-04T00:00:00.000Z',
    registration: 'registered',
  })
})

t.test('contacts stay registered when the contract changes', async t => {
  await putContract(call, 'kept')
  const contact = await register(call, 'kept', { role: 'primary', email: 'kept@example.jp' })
  await call('PUT', '/v1/contracts/kept', { ...terms, connections: 1 })
  t.match(await call('GET', `/v1/contacts/${contact.contact_id}`), { status: 200, body: contact })
  t.match((await call('GET', '/v1/contracts/kept')).body, { registration: 'registered', seats: { used: 1 } })
})
