import t from 'tap'
import { eventNumbering } from '#actions/history/number-events.ts'
import { fillContract, putContract, register } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const service = await testService(t)
const { call, callWith, context } = service
const number = eventNumbering(context.database)
const events = async (query = '', as = call) => (await as('GET', `/v1/events${query}`)).body
const latest = async (): Promise<string> => (await events('?after=latest')).next_cursor

t.test('R37: changes come in their order, page by page, each once', async t => {
  await fillContract(call, 'E-1', 2)
  t.same(await events(), { items: [], next_cursor: '0', has_more: false }, 'what has no number is not shown')
  await number()
  const all = await events('?limit=200')
  t.same(
    all.items.map(({ type }: any) => type),
    [
      'customer.created',
      'contract.created',
      'contact.registered',
      'support_account.opened',
      'contact.registered',
      'support_account.opened',
      'contact.registered',
      'support_account.opened',
    ],
  )
  t.same(
    all.items.map(({ event_id }: any) => event_id),
    [1, 2, 3, 4, 5, 6, 7, 8],
  )
  const paged: any[] = []
  for (let page = await events('?limit=3'); ; page = await events(`?limit=3&after=${page.next_cursor}`)) {
    paged.push(...page.items)
    if (!page.has_more) break
  }
  t.same(paged, all.items)
  t.equal(all.next_cursor, '8')
  t.equal(await latest(), '8')
})

t.test('R37: an event says which thing, by which client, and what changed', async t => {
  const after = await latest()
  const { contact_id, account_id } = await register(call, 'E-1', { family_name: '森', email: 'mori@example.jp' })
  await number()
  const [registered, opened] = (await events(`?after=${after}`)).items
  t.match(registered, {
    type: 'contact.registered',
    subject_id: contact_id,
    contact_id,
    account_id,
    contract_id: 'E-1',
    customer_id: 'customer-1',
    client_id: 'test',
    source: 'direct',
    change_request_id: null,
    data: { before: null, after: { contact_id, family_name: '森' } },
  })
  t.match(opened, { type: 'support_account.opened', subject_id: account_id, account_id, contact_id: null })
})

t.test('R37: filters by type and customer; every event fits as their cursor', async t => {
  await putContract(call, 'E-2', { customer_id: 'customer-2' })
  await number()
  const types = async (query: string) => (await events(query)).items.map(({ type }: any) => type)
  t.same(await types('?customer_id=customer-2'), ['customer.created', 'contract.created'])
  t.same(await types('?types=customer.created,contract.created&customer_id=customer-1'), [
    'customer.created',
    'contract.created',
  ])
  const page = await events('?types=customer.created&limit=1')
  t.match(page, { has_more: true, next_cursor: '1' })
  const rest = await events(`?types=customer.created&after=${page.next_cursor}`)
  t.match(rest, { items: [{ customer_id: 'customer-2' }], has_more: false, next_cursor: await latest() })
})

t.test('R37: a contract that changed its customer is found under both', async t => {
  const after = await latest()
  await putContract(call, 'E-2', { customer_id: 'customer-3' })
  await number()
  for (const customer_id of ['customer-2', 'customer-3'])
    t.match((await events(`?after=${after}&types=contract.changed&customer_id=${customer_id}`)).items, [
      { contract_id: 'E-2', customer_id: 'customer-3' },
    ])
})

t.test('R37: what changed is shown only to a client that reads such things', async t => {
  const shown = async (...scopes: any[]) => {
    const { items } = await events('?limit=200', callWith('events:read', ...scopes))
    return [...new Set(items.filter(({ data }: any) => data !== null).map(({ type }: any) => type.split('.')[0]))]
  }
  t.same(await shown(), [])
  t.same(await shown('contacts:read'), ['contact'])
  t.same(await shown('accounts:read', 'contracts:read'), ['contract', 'support_account'])
  t.match(await callWith('contacts:read')('GET', '/v1/events'), { status: 403 })
})

const taken = async () => (await call('GET', '/v1/disclosures?operation=listEvents&client=scoped')).body.items

t.test('R31: a page with data about people is recorded, a page without is not', async t => {
  const before = (await taken()).length
  await events('?types=contact.registered&limit=2', callWith('events:read', 'contacts:read'))
  t.match((await taken())[0], { rows: 2, filter: { types: ['contact.registered'] }, state: 'complete' })
  await events('?limit=2', callWith('events:read'))
  await events('?types=customer.created', callWith('events:read', 'contacts:read'))
  await events(`?after=${await latest()}`, callWith('events:read', 'contacts:read'))
  t.equal((await taken()).length, before + 1)
})

t.test('R37: a cursor that no event has is refused', async t => {
  const { next_cursor } = (await call('GET', '/v1/contacts?limit=1')).body
  t.match(await call('GET', `/v1/events?after=${next_cursor}`), { status: 400 }, 'the cursor of another list')
  for (const after of ['%201', '1.0', '%EF%BC%91', '', '1&after=2'])
    t.match(await call('GET', `/v1/events?after=${after}`), { status: 400, body: { errors: [{ pointer: '#/after' }] } })
  for (const after of ['999', '01', '-1', '1e3', '0x1', 'LATEST', 'abc', '9007199254740993', '12345678901234567890'])
    t.match(await call('GET', `/v1/events?after=${after}`), {
      status: 400,
      body: { errors: [{ in: 'query', pointer: '#/after', code: 'bad-cursor' }] },
    })
})

t.test('R37: a client that waits gets the first event that fits', async t => {
  const after = await latest()
  const waiting = [
    events(`?after=${after}&wait=30&types=contract.created`),
    events(`?after=${after}&wait=30&customer_id=customer-5`),
    events(`?after=${after}&wait=1&customer_id=customer-6`),
  ]
  await putContract(call, 'E-4', { customer_id: 'customer-4' })
  await number()
  await putContract(call, 'E-5', { customer_id: 'customer-5' })
  await number()
  const [contract, customer, none] = await Promise.all(waiting)
  t.equal(contract.items[0].type, 'contract.created')
  t.equal(customer.items[0].customer_id, 'customer-5')
  t.match(none, { items: [], has_more: false })
  t.ok(Number(none.next_cursor) >= Number(after))
})
