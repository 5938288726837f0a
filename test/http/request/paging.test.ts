import t from 'tap'
import { fillContract, person, putContract, putCustomer, register } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const { call } = await testService(t)
type Visit = (page: number) => Promise<void>

/** Every item of a list, page by page over `Link`, with something happening after each page. */
async function walk(url: string, between: Visit = async () => {}): Promise<any[]> {
  const items: any[] = []
  for (let next: string | undefined = url, page = 1; next !== undefined; page++) {
    const answer = await call('GET', next)
    if (answer.status !== 200) throw new Error(answer.text)
    items.push(...answer.body.items)
    next = /^<([^>]+)>; rel="next"$/.exec(answer.headers['link'] ?? '')?.[1]
    const cursor = next === undefined ? null : new URL(next, 'http://x').searchParams.get('cursor')
    if (cursor !== answer.body.next_cursor) throw new Error('Link and next_cursor differ')
    await between(page)
  }
  return items
}

const ids = (items: any[], id: string) => items.map(item => item[id])
const forged = async (url: string, position: unknown) => {
  const [list] = JSON.parse(Buffer.from((await call('GET', url)).body.next_cursor, 'base64url').toString())
  const cursor = Buffer.from(JSON.stringify([list, position])).toString('base64url')
  return await call('GET', `${url}&cursor=${cursor}`)
}
const numbers = Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, '0'))

for (const number of numbers) await putCustomer(call, `p-${number}`)

t.test('pages follow each other in the order of ids, without a rest or with one', async t => {
  for (const limit of [1, 5, 6, 12, 13]) {
    t.same(
      ids(await walk(`/v1/customers?limit=${limit}`), 'customer_id'),
      numbers.map(number => `p-${number}`),
      String(limit),
    )
  }
  const last = await call('GET', '/v1/customers?limit=12')
  t.match(
    last,
    { headers: { link: undefined }, body: { next_cursor: null } },
    'a page that ends with the last has no next',
  )
  t.same((await call('GET', '/v1/customers')).body.items.length, 12, '50 is the default')
})

t.test('code points order ids, whatever the language', async t => {
  for (const id of ['order-Z', 'order-a', 'order-B', 'order-_', 'order.1', 'order-10', 'order-9'])
    await putCustomer(call, id)
  const found = ids(await walk('/v1/customers?limit=3'), 'customer_id')
  t.same(
    found,
    found.toSorted((a, b) => (a < b ? -1 : 1)),
  )
})

t.test('no row is skipped or repeated while rows come and go', async t => {
  const [primary, ...others] = await fillContract(call, 'flux', 10, {
    product_id: 'manage_ac',
    app_ids: ['attendance', 'man_hours'],
    customer_id: 'p-01',
  })
  const seen = await walk('/v1/contracts/flux/contacts?limit=3', async page => {
    if (page === 1) {
      await call('DELETE', `/v1/contacts/${others[0].contact_id}`) // one that was shown
      await call('DELETE', `/v1/contacts/${others[2].contact_id}`) // the next in line
    }
    if (page === 2) await register(call, 'flux', { family_name: '新', given_name: null, email: 'new@flux.example.jp' })
  })
  const found = ids(seen, 'contact_id')
  t.same(
    found.slice(0, -1),
    [primary, others[0], others[1], ...others.slice(3)].map(contact => contact.contact_id),
  )
  t.equal(seen.at(-1).name, '新', 'who came meanwhile comes last')
  t.equal(new Set(found).size, found.length)

  const rows = ids(
    await walk('/v1/customers?limit=4', async page => {
      if (page === 1) await putCustomer(call, 'a-before')
      if (page === 1) await putCustomer(call, 'p-05-between')
    }),
    'customer_id',
  )
  t.equal(new Set(rows).size, rows.length)
  t.notOk(rows.includes('a-before'))
  t.ok(rows.includes('p-05-between'))
})

t.test(
  'contracts come in the order of their ids, those to come by their first day, those ended by their last',
  async t => {
    const contracts: [id: string, starts_on: string, ends_on: string | null][] = [
      ['s-1', '2027-03-01', null],
      ['s-2', '2027-01-01', null],
      ['s-3', '2027-01-01', '2028-01-01'],
      ['s-4', '2026-04-02', null],
      ['s-5', '2020-01-01', '2024-12-31'],
      ['s-6', '2021-01-01', '2022-12-31'],
      ['s-7', '2022-01-01', '2024-12-31'],
      ['s-8', '2020-01-01', '2026-03-31'],
      ['s-9', '2020-01-01', '2026-04-01'],
      ['s-A', '2026-04-01', null],
    ]
    for (const [id, starts_on, ends_on] of contracts)
      await putContract(call, id, { customer_id: 'states', starts_on, ends_on })
    for (const limit of [1, 2, 3, 50]) {
      const list = async (state: string) =>
        ids(await walk(`/v1/contracts?customer_id=states&state=${state}&limit=${limit}`), 'contract_id')
      t.same(await list('not_yet_in_force'), ['s-4', 's-2', 's-3', 's-1'])
      t.same(await list('ended'), ['s-6', 's-5', 's-7', 's-8'])
      t.same(await list('in_force'), ['s-9', 's-A'])
      t.same(
        ids(await walk(`/v1/contracts?limit=${limit}&customer_id=states`), 'contract_id'),
        contracts.map(([id]) => id),
      )
    }
    t.ok((await walk('/v1/contracts?state=ended')).every(contract => contract.state === 'ended'))
  },
)

t.test('filters narrow together, and Link keeps them', async t => {
  await putContract(call, 'narrow-1', { customer_id: 'narrow', product_id: 'data_link' })
  await putContract(call, 'narrow-2', { customer_id: 'narrow', product_id: 'manage' })
  await putContract(call, 'narrow-3', { customer_id: 'narrow', product_id: 'manage', ends_on: '2026-03-31' })
  t.same(ids(await walk('/v1/contracts?customer_id=narrow&product_id=manage&limit=1'), 'contract_id'), [
    'narrow-2',
    'narrow-3',
  ])
  t.same(
    ids(
      await walk('/v1/contracts?customer_id=narrow&product_id=manage&state=in_force&over_limit=false&limit=1'),
      'contract_id',
    ),
    ['narrow-2'],
  )
  t.same(await walk('/v1/contracts?customer_id=nobody'), [])
  t.same(new Set(ids(await walk('/v1/contacts?role=primary&customer_id=p-01'), 'role')), new Set(['primary']))
  t.same((await call('GET', '/v1/contacts?role=primary&contract_id=flux')).body.items.length, 1)
})

t.test('every list pages', async t => {
  for (const [url, id] of [
    ['/v1/products', 'product_id'],
    ['/v1/apps', 'app_id'],
    ['/v1/customers', 'customer_id'],
    ['/v1/contracts', 'contract_id'],
    ['/v1/contacts', 'contact_id'],
    ['/v1/support-accounts', 'account_id'],
    ['/v1/contracts/flux/contacts', 'contact_id'],
  ] as const) {
    const all = ids((await call('GET', `${url}?limit=200`)).body.items, id)
    t.ok(all.length > 2, url)
    t.same(ids(await walk(`${url}?limit=2`), id), all, url)
  }
})

t.test('a cursor belongs to its list with its filters; what no list gave is refused', async t => {
  const cursorOf = async (url: string) => (await call('GET', url)).body.next_cursor as string
  const customers = await cursorOf('/v1/customers?limit=1')
  const ended = await cursorOf('/v1/contracts?state=ended&limit=1')
  const contacts = await cursorOf('/v1/contracts/flux/contacts?limit=1')
  const refusal = {
    status: 400,
    headers: { 'content-type': 'application/problem+json' },
    body: { type: '/problems/invalid-request', errors: [{ in: 'query', pointer: '#/cursor', code: 'bad-cursor' }] },
  }
  t.equal(
    (await call('GET', `/v1/customers?limit=7&cursor=${customers}`)).status,
    200,
    'another limit is the same list',
  )
  for (const url of [
    `/v1/apps?cursor=${customers}`,
    `/v1/contracts?cursor=${ended}`,
    `/v1/contracts?state=not_yet_in_force&cursor=${ended}`,
    `/v1/contracts?state=ended&product_id=manage&cursor=${ended}`,
    `/v1/contacts?cursor=${contacts}`,
    `/v1/contracts/s-1/contacts?cursor=${contacts}`,
  ]) {
    t.match(await call('GET', url), refusal, url)
  }
  for (const cursor of [
    'x',
    'AAAA',
    customers.slice(0, -4),
    `${customers}AAAA`,
    Buffer.from('null').toString('base64url'),
    Buffer.from('{}').toString('base64url'),
    Buffer.from('[1,2,3]').toString('base64url'),
    'A'.repeat(1000),
  ]) {
    t.match(await call('GET', `/v1/customers?cursor=${cursor}`), refusal, cursor.slice(0, 20))
  }
})

t.test('a forged cursor is refused, whatever position it holds', async t => {
  const refusal = { status: 400, body: { errors: [{ code: 'bad-cursor' }] } }
  for (const position of [null, 1, {}, [], 'a b', 'x'.repeat(65), '\u0000', "'"])
    t.match(await forged('/v1/customers?limit=1', position), refusal, JSON.stringify(position))
  for (const position of [null, 's-1', 1, [], {}, { contract_id: 1 }, { contract_id: '\u0000' }])
    t.match(await forged('/v1/contracts?limit=1', position), refusal, JSON.stringify(position))
  for (const day of [
    '',
    null,
    1,
    '2026-02-30',
    '2025-02-29',
    '2026-13-01',
    '0000-01-01',
    '9999-99-99',
    '2026-1-1',
    'infinity',
    'today',
    "'",
  ]) {
    t.match(await forged('/v1/contracts?state=ended&limit=1', { contract_id: 's-1', day }), refusal, String(day))
  }
  for (const position of [null, 'x', '019354a8', {}, '019354a8-6c00-7c41-9d2e-3f5b8a1c7e9z'])
    t.match(await forged('/v1/contacts?limit=1', position), refusal, JSON.stringify(position))
})

t.test('a removed contact is not listed, and a person on two contracts is two contacts', async t => {
  await putContract(call, 'list-1', { customer_id: 'listed' })
  await putContract(call, 'list-2', { customer_id: 'listed' })
  await register(call, 'list-1', { role: 'primary', email: 'both@list.example.jp' })
  await register(call, 'list-2', { role: 'primary', email: 'both@list.example.jp' })
  const { body } = await call(
    'POST',
    '/v1/contracts/list-2/contacts',
    person({ family_name: '伊藤', email: 'gone@list.example.jp' }),
  )
  await call('DELETE', `/v1/contacts/${body.contact_id}`)
  t.same(ids(await walk('/v1/contacts?customer_id=listed&limit=1'), 'contract_id'), ['list-1', 'list-2'])
})
