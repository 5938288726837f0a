import t from 'tap'
import { testService } from '../../helpers/test-service.ts'

const { call, callWith, callByClient } = await testService(t)
const URL = 'https://receiver.example.co.jp/hook'
const create = async (fields: object, headers = {}) => await call('POST', '/v1/webhook-endpoints', fields, headers)

t.test('a URL that must not be called is refused, and the answer says why', async t => {
  for (const [url = '', code] of [
    ['ftp://receiver.example.co.jp/', 'not-a-url'],
    ['receiver.example.co.jp/hook', 'not-a-url'],
    ['https://user:secret@receiver.example.co.jp/', 'credentials-in-url'],
    ['https://169.254.169.254/latest/meta-data', 'forbidden-address'],
    ['https://[fe80::1]/', 'forbidden-address'],
    ['https://[fd00:ec2::254]/', 'forbidden-address'],
    ['https://10.1.2.3/hook', 'forbidden-address'],
    ['https://0x7f000002/hook', 'forbidden-address'],
    ['https://127.0.0.2/hook', 'forbidden-address'],
    ['https://[::ffff:10.0.0.1]/hook', 'forbidden-address'],
    ['https://0.0.0.0/hook', 'forbidden-address'],
  ])
    t.match(await create({ url }), { status: 422, body: { errors: [{ pointer: '#/url', code }] } }, url)
  t.match(await create({ url: 'x y' }), { status: 400 })
  t.match(await create({ url: URL, types: ['contact.danced'] }), { status: 400 })
})

t.test('a client sees and changes its own endpoints, the root credential all', async t => {
  const [mine, other] = [callByClient('mine', 'webhooks:manage'), callByClient('other', 'webhooks:manage')]
  const made = (await mine('POST', '/v1/webhook-endpoints', { url: URL, description: 'CRM' })).body
  const path = `/v1/webhook-endpoints/${made.endpoint_id}`
  t.match(made, { client_id: 'mine', url: URL, types: null, include_data: false, state: 'enabled' })
  for (const [method, url, body] of [
    ['GET', path],
    ['PATCH', path, { url: 'https://thief.example.jp/' }],
    ['DELETE', path],
    ['POST', `${path}/secrets`, {}],
    ['GET', `${path}/deliveries`],
    ['POST', `${path}/test`],
  ] as const)
    t.match(await other(method, url, body), { status: 404 }, `${method} ${url}`)
  t.same((await other('GET', '/v1/webhook-endpoints')).body.items, [])
  t.equal((await call('GET', '/v1/webhook-endpoints')).body.items.length, 1)
  t.match(await callWith('events:read')('GET', path), { status: 403 })
  const read = await mine('GET', path)
  t.notOk('secret' in read.body)
  t.match(await mine('PATCH', path, { description: 'x' }, { 'if-match': '"stale"' }), { status: 412 })
  const etag = read.headers['etag']!
  t.match(await mine('PATCH', path, { types: ['contact.removed'] }, { 'if-match': etag }), {
    status: 200,
    body: { types: ['contact.removed'], description: 'CRM' },
  })
  t.match(await mine('PATCH', path, { url: 'http://10.0.0.1/' }), { status: 422 })
  t.match(await mine('DELETE', path), { status: 204 })
})

t.test('there may be twenty endpoints, also where they are made at once; a repeat shows no secret', async t => {
  const made = await Promise.all(
    Array.from({ length: 30 }, async (_, index) => await create({ url: `${URL}/${index}` })),
  )
  const ids = made.flatMap(({ status, body }) => (status === 201 ? [body.endpoint_id] : []))
  t.equal(ids.length, 20)
  t.ok(made.every(({ status }) => status === 201 || status === 409))
  await call('DELETE', `/v1/webhook-endpoints/${ids[0]}`)
  const first = await create({ url: URL }, { 'idempotency-key': 'hook' })
  t.match(first, { status: 201, body: { secret: /^whsec_/ } })
  t.match(await create({ url: URL }, { 'idempotency-key': 'hook' }), { status: 201, body: { secret: null } })
  t.match(await create({ url: URL }), {
    status: 409,
    body: { type: '/problems/state-conflict', next: { method: 'GET' } },
  })
})
