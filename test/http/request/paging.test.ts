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
