import t from 'tap'
import { fillContract, putContract } from '../../helpers/fixtures.ts'
import { historyOf, rowCounts } from '../../helpers/history.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, clock, database } = await testService(t)
const product = {
  name: 'manage Lite',
  base_seats: 3,
  bundled_app_ids: ['workflow', 'expenses'],
  counts_apps: true,
  counts_connections: true,
}

t.test('R6: a product is added without a release: 201, then 200 with the same body and entity tag', async t => {
  const first = await call('PUT', '/v1/products/manage_lite', product, { 'request-id': 'product-1' })
  t.match(first, { status: 201, headers: { location: '/v1/products/manage_lite' } })
  t.same(first.body, { product_id: 'manage_lite', ...product, updated_at: clock.now() })
  t.match(await call('PUT', '/v1/products/manage_lite', product, { 'request-id': 'product-2' }), {
    status: 200,
    text: first.text,
    headers: { etag: first.headers['etag']! },
  })
  t.match(await call('GET', '/v1/products/manage_lite'), {
    status: 200,
    text: first.text,
    headers: { etag: first.headers['etag']! },
  })
  t.match(await historyOf(database, 'product-1'), [
    { actor: 'test', event: 'product.created', subject_id: 'manage_lite', before: null, after: { base_seats: 3 } },
  ])
  t.same(await historyOf(database, 'product-2'), [])
  const { body } = await putContract(call, 'lite', {
    product_id: 'manage_lite',
    app_ids: ['attendance'],
    connections: 2,
  })
  t.equal(body.seats.limit, 3 + 2 + 1 + 2)
})

t.test('R9: a bundled app that is named twice counts once', async t => {
  const { body } = await call('PUT', '/v1/products/twice', { ...product, bundled_app_ids: ['expenses', 'expenses'] })
  t.same(body.bundled_app_ids, ['expenses'])
  t.equal(
    (await call('PUT', '/v1/products/twice', { ...product, bundled_app_ids: ['expenses', 'expenses'] })).status,
    200,
  )
})

t.test('R9: bundled apps that the catalogue does not know are refused by name, each with its place', async t => {
  const before = await rowCounts(database)
  const refused = await call('PUT', '/v1/products/unknown', {
    ...product,
    bundled_app_ids: ['expenses', 'nothing', 'naught'],
  })
  t.match(refused, { status: 422, body: { type: '/problems/unknown-reference', detail: /nothing.*naught/ } })
  t.same(refused.body.references, [
    { resource: 'app', id: 'nothing', pointer: '#/bundled_app_ids/1' },
    { resource: 'app', id: 'naught', pointer: '#/bundled_app_ids/2' },
  ])
  t.equal((await call('GET', '/v1/products/unknown')).status, 404)
  t.same(await rowCounts(database), before)
})

t.test('R27: a product with fewer seats puts its full contracts over their limit, and removes no person', async t => {
  await call('PUT', '/v1/products/shrinking', { ...product, base_seats: 4, bundled_app_ids: [] })
  await fillContract(call, 'shrunk', 3, { product_id: 'shrinking' })
  await call(
    'PUT',
    '/v1/products/shrinking',
    { ...product, base_seats: 2, bundled_app_ids: [] },
    { 'request-id': 'shrink' },
  )
  t.match((await call('GET', '/v1/contracts/shrunk')).body.seats, { limit: 2, used: 4, available: 0, over: 2 })
  t.equal((await call('GET', '/v1/contracts/shrunk/contacts')).body.items.length, 4)
  t.same(
    (await historyOf(database, 'shrink')).map(({ event, subject_id, after }) => [
      event,
      subject_id,
      after.seats?.limit,
    ]),
    [
      ['contract.seats_changed', 'shrunk', 2],
      ['contract.went_over_limit', 'shrunk', 2],
      ['product.changed', 'shrinking', undefined],
    ],
  )
})

t.test('R6: whether apps and connections count can change', async t => {
  await call('PUT', '/v1/products/changing', { ...product, bundled_app_ids: [] })
  await putContract(call, 'counted', { product_id: 'changing', app_ids: ['attendance'], connections: 5 })
  t.equal((await call('GET', '/v1/contracts/counted')).body.seats.limit, 9)
  await call('PUT', '/v1/products/changing', {
    ...product,
    bundled_app_ids: [],
    counts_apps: false,
    counts_connections: false,
  })
  const { seats } = (await call('GET', '/v1/contracts/counted')).body
  t.same(seats.lines, [
    { reason: 'base', seats: 3 },
    { reason: 'app_not_counted', app_id: 'attendance', seats: 0 },
    { reason: 'connections_not_counted', connections: 5, seats: 0 },
  ])
})

t.test('what is no product is refused', async t => {
  for (const [change, pointer, code] of [
    [{ base_seats: -1 }, '#/base_seats', 'out-of-range'],
    [{ base_seats: 1001 }, '#/base_seats', 'out-of-range'],
    [{ base_seats: 1.5 }, '#/base_seats', 'wrong-type'],
    [{ base_seats: '4' }, '#/base_seats', 'wrong-type'],
    [{ counts_apps: 'true' }, '#/counts_apps', 'wrong-type'],
    [{ counts_apps: null }, '#/counts_apps', 'wrong-type'],
    [{ bundled_app_ids: 'expenses' }, '#/bundled_app_ids', 'wrong-type'],
    [{ bundled_app_ids: [1] }, '#/bundled_app_ids/0', 'wrong-type'],
    [{ bundled_app_ids: Array(201).fill('expenses') }, '#/bundled_app_ids', 'too-many'],
    [{ extra: 1 }, '#/extra', 'unknown-field'],
  ] as const) {
    t.match(
      await call('PUT', '/v1/products/refused', { ...product, ...change }),
      { status: 400, body: { errors: [{ in: 'body', pointer, code }] } },
      JSON.stringify(change).slice(0, 40),
    )
  }
  t.equal((await call('GET', '/v1/products/refused')).status, 404)
})
