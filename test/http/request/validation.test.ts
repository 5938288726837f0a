import t from 'tap'
import { fillContract, person } from '../../helpers/fixtures.ts'
import { rowCounts } from '../../helpers/history.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, database } = await testService(t)
const [contact] = await fillContract(call, 'valid', 1)
const refusal = (part: string, pointer: string, code: string) => ({
  status: 400,
  headers: { 'content-type': 'application/problem+json' },
  body: { type: '/problems/invalid-request', errors: [{ in: part, pointer, code }] },
})

t.test('query numbers have one spelling', async t => {
  for (const limit of [
    '0x10',
    '1e1',
    ' 10',
    '10 ',
    '+10',
    '%2B10',
    '010',
    '10.0',
    '',
    '-1',
    '１０',
    '10,20',
    '99999999999999999999',
    'NaN',
    'null',
    'true',
    '1_0',
    '0b1',
  ]) {
    t.match(
      await call('GET', `/v1/customers?limit=${encodeURIComponent(decodeURIComponent(limit))}`),
      refusal('query', '#/limit', 'wrong-type'),
      limit,
    )
  }
  for (const limit of ['0', '201', '9999999999999999'])
    t.match(await call('GET', `/v1/customers?limit=${limit}`), refusal('query', '#/limit', 'out-of-range'), limit)
  for (const limit of ['1', '200']) t.equal((await call('GET', `/v1/customers?limit=${limit}`)).status, 200, limit)
})

t.test('query truth has two', async t => {
  for (const value of ['1', 'TRUE', 'yes', '', 'null'])
    t.match(
      await call('GET', `/v1/contracts?over_limit=${value}`),
      refusal('query', '#/over_limit', 'wrong-type'),
      value,
    )
  for (const value of ['true', 'false']) t.equal((await call('GET', `/v1/contracts?over_limit=${value}`)).status, 200)
})

t.test('a parameter of one value that comes twice is refused, and a filter may be repeated', async t => {
  t.match(await call('GET', '/v1/customers?limit=10&limit=10'), refusal('query', '#/limit', 'wrong-type'))
  t.match(await call('GET', '/v1/contacts?cursor=AAAA&cursor=AAAA'), refusal('query', '#/cursor', 'wrong-type'))
  t.match(await call('GET', '/v1/contacts?role=primary&role=secondary'), { status: 200 })
  t.match(await call('GET', '/v1/contacts?customer_id=a&customer_id=b'), { status: 200 })
})

t.test('a parameter that the operation does not know is refused, also where it knows none', async t => {
  t.equal((await call('GET', '/v1/products?')).status, 200)
  for (const url of [
    '/v1/customers?page=2',
    '/v1/contracts?Limit=1',
    '/v1/contacts?email=a@example.jp',
    '/v1/contacts?__proto__=1',
    '/v1/contacts?limit[]=1',
    '/v1/contacts?constructor=x',
  ]) {
    t.match(await call('GET', url), { status: 400, body: { errors: [{ in: 'query', code: 'unknown-field' }] } }, url)
  }
  const before = await rowCounts(database)
  for (const [method, url, body] of [
    ['GET', `/v1/contacts/${contact.contact_id}?expand=account`],
    ['DELETE', `/v1/contacts/${contact.contact_id}?force=true`],
    ['PATCH', `/v1/contacts/${contact.contact_id}?dry_run=true`, { duties: ['system'] }],
    ['PUT', '/v1/customers/queried?upsert=false', { name: 'x' }],
    [
      'POST',
      '/v1/contracts/valid/contacts?dry_run=true',
      person({ family_name: '伊藤', email: 'ito@valid.example.jp' }),
    ],
    ['POST', '/v1/seat-calculations?a=1&b=2', { product_id: 'manage' }],
  ] as const) {
    t.match(
      await call(method, url, body),
      {
        status: 400,
        body: { errors: [{ in: 'query', code: 'unknown-field', pointer: /^#\/(expand|force|dry_run|upsert|a)$/ }] },
      },
      `${method} ${url}`,
    )
  }
  t.same(await rowCounts(database), before)
})

t.test('path and query text that a reader would choke on is refused', async t => {
  t.match(await call('GET', '/v1/customers/%00'), refusal('path', '#/customer_id', 'control-character'))
  t.match(await call('GET', '/v1/customers/%E2%80%AEx'), refusal('path', '#/customer_id', 'control-character'))
  t.match(await call('GET', '/v1/customers?cursor=%00'), refusal('query', '#/cursor', 'control-character'))
  t.match(await call('GET', '/v1/customers?%00=1'), refusal('query', '#/\u0000', 'control-character'))
  for (const query of ['cursor=%', 'cursor=%zz', 'cursor=%ED%A0%80', 'cursor=%ff', 'cursor=a%20b', 'cursor=あ'])
    t.match(await call('GET', `/v1/customers?${query}`), refusal('query', '#/cursor', 'invalid-format'), query)
})

t.test('bad percent-encoding and endless path parts are bad requests', async t => {
  for (const path of ['/v1/customers/%', '/v1/customers/%zz', '/v1/customers/%ED%A0%80', '/v1/customers/%FF']) {
    const refused = await call('GET', path)
    t.match(refused, refusal('path', '#', 'malformed-url'), path)
    t.equal(refused.headers['request-id'], refused.body.instance)
  }
  t.match(await call('GET', `/v1/customers/${'a'.repeat(65)}`), refusal('path', '#/customer_id', 'too-long'))
  const endless = await call('GET', `/v1/customers/${'a'.repeat(8000)}`)
  t.match(endless, refusal('path', '#', 'too-long'))
  t.equal(endless.headers['request-id'], endless.body.instance)
})

t.test('ids in paths have their form', async t => {
  for (const id of [
    '1',
    'x'.repeat(36),
    '019354a8-6c00-7c41-9d2e-3f5b8a1c7e9',
    '019354a86c007c419d2e3f5b8a1c7e90',
    '{019354a8-6c00-7c41-9d2e-3f5b8a1c7e90}',
    "'; drop table contacts; --",
  ]) {
    t.match(
      await call('GET', `/v1/contacts/${encodeURIComponent(id)}`),
      { status: 400, body: { errors: [{ in: 'path', pointer: '#/contact_id' }] } },
      id,
    )
  }
  t.match(await call('GET', `/v1/contacts/${contact.contact_id.toUpperCase()}`), {
    status: 200,
    body: { contact_id: contact.contact_id },
  })
})

t.test('header fields have their form', async t => {
  t.match(await call('GET', '/v1/customers', undefined, { 'if-none-match': 'x'.repeat(1001) }), {
    status: 400,
    body: { errors: [{ in: 'header', code: 'too-long' }] },
  })
  for (const key of ['', 'a b', 'あ', 'x'.repeat(256)]) {
    t.match(
      await call(
        'POST',
        '/v1/contracts/valid/contacts',
        { family_name: '伊藤', email: 'ito@example.jp', privacy_notice_version: '1' },
        { 'idempotency-key': key },
      ),
      { status: 400, body: { errors: [{ in: 'header', pointer: '#/idempotency-key' }] } },
      key.slice(0, 5),
    )
  }
})

t.test('every mistake of a body is listed, each with its place and a stable code', async t => {
  const refused = await call('PUT', '/v1/contracts/mistakes', {
    customer_id: 1,
    product_id: '',
    app_ids: [null, 'a b'],
    connections: 1.5,
    starts_on: 'tomorrow',
    end_on: '2027-01-01',
  })
  t.equal(
    refused.body.detail,
    `The request does not fit the API specification in ${refused.body.errors.length} places. "errors" lists them.`,
  )
  const places = new Set<string>(refused.body.errors.map((error: any) => error.pointer))
  t.same([...places].toSorted(), [
    '#/app_ids/0',
    '#/app_ids/1',
    '#/connections',
    '#/customer_id',
    '#/end_on',
    '#/ends_on',
    '#/product_id',
    '#/starts_on',
  ])
  t.ok(
    refused.body.errors.every(
      (error: any) => error.in === 'body' && /^[a-z-]+$/.test(error.code) && error.detail.length > 0,
    ),
  )
  const escaped = await call('PUT', '/v1/customers/escaped', { 'a/b~c': 1, name: 'x' })
  t.equal(escaped.body.errors[0].pointer, '#/a~1b~0c')
})
