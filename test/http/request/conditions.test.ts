import t from 'tap'
import { fillContract, person, putContract, putCustomer } from '../../helpers/fixtures.ts'
import { rowCounts } from '../../helpers/history.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, database } = await testService(t)
await putCustomer(call, 'customer-1')
const [primary, second] = await fillContract(call, 'tags', 1)
const terms = {
  app_ids: [],
  connections: 0,
  ends_on: null,
  customer_id: 'customer-1',
  product_id: 'manage',
  starts_on: '2024-04-01',
}
const etagOf = async (url: string) => (await call('GET', url)).headers['etag']!

const WRITES: [name: string, method: string, url: () => string, body: (text: string) => unknown, read: () => string][] =
  [
    [
      'a product',
      'PUT',
      () => '/v1/products/manage',
      name => ({ name, base_seats: 4, bundled_app_ids: [], counts_apps: true, counts_connections: false }),
      () => '/v1/products/manage',
    ],
    ['an app', 'PUT', () => '/v1/apps/expenses', name => ({ name, kind: 'app' }), () => '/v1/apps/expenses'],
    ['a customer', 'PUT', () => '/v1/customers/customer-1', name => ({ name }), () => '/v1/customers/customer-1'],
    [
      'a contract',
      'PUT',
      () => '/v1/contracts/tags',
      text => ({ ...terms, connections: text.length }),
      () => '/v1/contracts/tags',
    ],
    [
      'a contact',
      'PATCH',
      () => `/v1/contacts/${second.contact_id}`,
      text => ({ family_name: '山本'.repeat(text.length) }),
      () => `/v1/contacts/${second.contact_id}`,
    ],
    [
      'an account',
      'PATCH',
      () => `/v1/support-accounts/${primary.account_id}`,
      text => ({ password_set_at: `2026-03-${10 + text.length}T00:00:00Z` }),
      () => `/v1/support-accounts/${primary.account_id}`,
    ],
  ]

for (const [name, method, url, body, read] of WRITES) {
  const write = async (text: string, if_match: string) =>
    await call(method, url(), body(text), { 'if-match': if_match })
  t.test(`If-Match on ${name}`, async t => {
    const first = await etagOf(read())
    for (const stale of ['"stale"', `W/${first}`, '""', '"a", W/"b"']) {
      t.match(
        await write('a', stale),
        {
          status: 412,
          headers: { 'content-type': 'application/problem+json', etag: undefined },
          body: { type: '/problems/precondition-failed', current_etag: first },
        },
        stale,
      )
    }
    t.equal(await etagOf(read()), first)
    for (const bad of ['stale', '*, "a"', '"a" "b"', '"', 'W/stale', ''])
      t.match(await write('a', bad), { status: 400, body: { errors: [{ in: 'header', pointer: '#/If-Match' }] } }, bad)
    const changed = await write('aa', `"other", ${first}`)
    t.equal(changed.status, 200)
    t.equal(changed.headers['etag'], await etagOf(read()))
    t.not(changed.headers['etag'], first)
    t.match(await write('aaa', first), { status: 412, body: { current_etag: changed.headers['etag']! } })
    t.equal((await write('aaa', '*')).status, 200)
  })
}

t.test('If-None-Match: * on PUT only creates', async t => {
  const rows = await rowCounts(database)
  for (const [url, body] of [
    ['/v1/customers/customer-1', { name: 'x' }],
    ['/v1/contracts/tags', terms],
    ['/v1/apps/expenses', { name: 'x', kind: 'option' }],
    [
      '/v1/products/manage',
      { name: 'x', base_seats: 1, bundled_app_ids: [], counts_apps: false, counts_connections: false },
    ],
  ] as const) {
    t.match(
      await call('PUT', url, body, { 'if-none-match': '*' }),
      { status: 412, body: { type: '/problems/precondition-failed', current_etag: await etagOf(url) } },
      url,
    )
    const etag = await etagOf(url)
    t.equal(
      (await call('PUT', url, body, { 'if-none-match': `W/${etag}` })).status,
      412,
      'nor what the caller has already',
    )
  }
  t.same(await rowCounts(database), rows)
  for (const [url, body] of [
    ['/v1/customers/new-1', { name: 'x' }],
    ['/v1/contracts/new-1', terms],
    ['/v1/apps/new-1', { name: 'x', kind: 'app' }],
  ] as const) {
    t.equal((await call('PUT', url, body, { 'if-none-match': '*' })).status, 201, url)
    t.equal((await call('PUT', url, body, { 'if-none-match': '*' })).status, 412, url)
  }
})

t.test('If-Match on PUT of what is not there creates nothing', async t => {
  for (const tag of ['*', '"x"']) {
    t.match(await call('PUT', '/v1/customers/not-there', { name: 'x' }, { 'if-match': tag }), {
      status: 412,
      body: { current_etag: null },
    })
    t.match(await call('PUT', '/v1/contracts/not-there', terms, { 'if-match': tag }), {
      status: 412,
      body: { current_etag: null },
    })
  }
  t.equal((await call('GET', '/v1/customers/not-there')).status, 404)
})

t.test('If-Match on DELETE and on the hand-over', async t => {
  const [, next, third] = await fillContract(call, 'handed', 2)
  const url = '/v1/contracts/handed/primary'
  const etag = await etagOf('/v1/contracts/handed/roster')
  t.match(await call('PUT', url, { contact_id: next.contact_id }, { 'if-match': '"stale"' }), {
    status: 412,
    body: { current_etag: etag },
  })
  t.equal((await call('PUT', url, { contact_id: next.contact_id }, { 'if-match': etag })).status, 200)
  t.equal(
    (await call('PUT', url, { contact_id: third.contact_id }, { 'if-match': etag })).status,
    412,
    'the roster is another by now',
  )
  const deleting = `/v1/contacts/${third.contact_id}`
  t.equal((await call('DELETE', deleting, undefined, { 'if-match': '"stale"' })).status, 412)
  t.equal((await call('DELETE', deleting, undefined, { 'if-match': await etagOf(deleting) })).status, 204)
  await putContract(call, 'no-primary')
  t.match(
    await call(
      'PUT',
      '/v1/contracts/no-primary/primary',
      { new_contact: person({ email: 'no@primary.example.jp' }) },
      { 'if-match': '*' },
    ),
    { status: 200, body: { role: 'primary' } },
    'an empty roster is a roster, so `*` covers it',
  )
})

t.test('of two who read the same, one writes', async t => {
  const etag = await etagOf('/v1/customers/customer-1')
  const answers = await Promise.all(
    ['a', 'b', 'c', 'd', 'e'].map(
      async name => await call('PUT', '/v1/customers/customer-1', { name }, { 'if-match': etag }),
    ),
  )
  t.equal(answers.filter(({ status }) => status === 200).length, 1)
  t.equal(answers.filter(({ status }) => status === 412).length, 4)
})
