import t from 'tap'
import { fillContract, person } from '../../helpers/fixtures.ts'
import { historyOf } from '../../helpers/history.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, database, log } = await testService(t)
const [contact] = await fillContract(call, 'headers', 1)
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const trace = async (traceparent: string) => {
  const { headers } = await call('GET', '/v1/customers', undefined, { traceparent })
  return log.map(line => JSON.parse(line)).find(line => line.request_id === headers['request-id']).trace_id
}

t.test('a well-formed request id is taken up: in the answer, the problem, the log and the record', async t => {
  for (const id of ['x', 'crm:2026/04/01+1=a_b.c-d', 'A'.repeat(64)]) {
    t.equal((await call('GET', '/v1/customers', undefined, { 'request-id': id })).headers['request-id'], id)
    t.equal((await call('GET', '/v1/customers/nobody', undefined, { 'request-id': id })).body.instance, id)
  }
  await call('PUT', '/v1/customers/recorded', { name: 'x' }, { 'request-id': 'my-request' })
  t.match(await historyOf(database, 'my-request'), [{ event: 'customer.created' }])
  t.ok(log.some(line => JSON.parse(line).request_id === 'my-request'))
})

t.test('another is replaced by a new one', async t => {
  for (const id of [
    '',
    ' ',
    'a b',
    'あ',
    'x'.repeat(65),
    'a\tb',
    '"quoted"',
    'a,b',
    '<script>',
    'job-1',
    'JOB-1',
    'job-',
  ]) {
    const { headers } = await call('GET', '/v1/customers', undefined, { 'request-id': id })
    t.match(headers['request-id'], UUID_V7, id)
  }
  const [a, b] = [await call('GET', '/healthz'), await call('GET', '/healthz')]
  t.not(a.headers['request-id'], b.headers['request-id'])
})

t.test('every answer has a request id, also problems of the framework', async t => {
  for (const [method, url, body] of [
    ['GET', '/v1/customers'],
    ['GET', '/unknown'],
    ['POST', '/healthz'],
    ['GET', '/v1/customers/%zz'],
    ['PUT', '/v1/customers/x', '{'],
    ['PUT', '/v1/customers/x', 'x'.repeat(300_000)],
    ['OPTIONS', '/v1/customers'],
    ['GET', '/docs/'],
    ['GET', '/openapi.json'],
  ] as const) {
    t.match((await call(method, url, body)).headers['request-id'], UUID_V7, `${method} ${url}`)
  }
})

t.test("a well-formed traceparent joins the log to the caller's trace", async t => {
  t.equal(await trace('00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'), '4bf92f3577b34da6a3ce929d0e0e4736')
  t.equal(await trace('00-00000000000000000000000000000000-00f067aa0ba902b7-01'), undefined)
  t.equal(await trace('00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01'), undefined)
  t.equal(await trace('ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'), undefined)
  t.equal(await trace('nonsense'), undefined)
})

t.test('answers about people are kept nowhere, others are asked for again', async t => {
  const personal = [
    '/v1/contacts',
    `/v1/contacts/${contact.contact_id}`,
    '/v1/contracts/headers/contacts',
    '/v1/support-accounts',
    `/v1/support-accounts/${contact.account_id}`,
  ]
  for (const url of personal) t.equal((await call('GET', url)).headers['cache-control'], 'private, no-store', url)
  t.equal(
    (
      await call(
        'POST',
        '/v1/contracts/headers/contacts',
        person({ family_name: '伊藤', email: 'ito@headers.example.jp' }),
      )
    ).headers['cache-control'],
    'private, no-store',
  )
  t.equal((await call('PATCH', `/v1/contacts/${contact.contact_id}`, {})).headers['cache-control'], 'private, no-store')
  for (const url of [
    '/v1/products',
    '/v1/apps/expenses',
    '/v1/customers',
    '/v1/contracts/headers',
    '/healthz',
    '/readyz',
  ])
    t.equal((await call('GET', url)).headers['cache-control'], 'private, no-cache', url)
  t.equal((await call('GET', '/openapi.json')).headers['cache-control'], 'public, no-cache')
  t.equal((await call('GET', '/problems/not-found')).headers['cache-control'], 'public, max-age=3600')
  for (const url of ['/v1/contacts/x', '/unknown', '/v1/customers?limit=0'])
    t.equal((await call('GET', url)).headers['cache-control'], 'no-store', url)
  for (const url of [...personal, '/v1/customers', '/unknown'])
    t.match(
      (await call('GET', url)).headers,
      { vary: 'accept, authorization', 'x-content-type-options': 'nosniff' },
      url,
    )
})

t.test('problems say their language and carry no header of a success', async t => {
  const refused = await call('POST', '/v1/contracts/headers/contacts', person({ role: 'primary' }))
  t.match(refused, {
    status: 409,
    headers: { 'content-language': 'en', etag: undefined, location: undefined, link: undefined },
  })
  t.equal((await call('GET', '/v1/customers')).headers['content-language'], undefined)
})
