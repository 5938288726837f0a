import { randomBytes } from 'node:crypto'
import pino from 'pino'
import t from 'tap'
import { buildApp } from '#app.ts'
import { answersOf, createClient, rotate } from '../../helpers/api-clients.ts'
import { NETWORK_OF_TESTS, testService } from '../../helpers/test-service.ts'
import { apiKeyDigest, apiKeyOf } from '#domain/api-clients/api-key.ts'
import { authenticateApiKeys } from '#http/auth/api-key-credentials.ts'
import { authenticateBy } from '#http/auth/credentials.ts'

const { app, call, clock, context, database, log } = await testService(t)
const silent = pino({ level: 'silent' })
const newKeyOf = (environment: string) => apiKeyOf(environment, randomBytes(32))

const answerTo = answersOf(app)

t.test('whatever is wrong with a credential, the answer is the same, and says which header is expected', async t => {
  const active = await createClient(call, ['customers:read'])
  const expired = await createClient(call, ['customers:read'], { expires_at: '2026-04-01T00:30:00.001Z' })
  const revoked = await createClient(call, ['customers:read'])
  await call('DELETE', `/v1/api-clients/${revoked.client_id}`)
  const elsewhere = await createClient(call, ['customers:read'], { ip_ranges: ['203.0.113.0/24'] })
  const rotated = await createClient(call, ['customers:read'])
  await rotate(call, rotated.client_id, 0)
  clock.set('2026-04-01T00:30:00.001Z')
  const without = await answerTo(undefined)
  t.match(without, {
    status: 401,
    authenticate: 'Bearer realm="madoguchi"',
    cache: 'no-store',
    problem: {
      type: '/problems/unauthenticated',
      detail: 'The request has no credential that is valid now and from this IP address.',
    },
  })
  const wrong = {
    'of another environment': newKeyOf('live'),
    'never was': newKeyOf('dev'),
    expired: expired.key,
    revoked: revoked.key,
    'rotated away': rotated.key,
    'from outside its ranges': elsewhere.key,
    mistyped: `${active.key.slice(0, -1)}-`,
    cut: active.key.slice(0, -1),
    'an id': active.client_id,
    'a digest': apiKeyDigest(active.key),
    'no key at all': 'x',
  }
  for (const [name, key] of Object.entries(wrong)) {
    for (let asked = 0; asked < 2; asked++)
      t.same(
        await answerTo(`Bearer ${key}`),
        { ...without, authenticate: 'Bearer realm="madoguchi", error="invalid_token"' },
        name,
      )
  }
  t.match(await answerTo(`Bearer ${active.key}`), { status: 200 })
  for (const query of [`api_key=${active.key}`, `access_token=${active.key}`, `key=${active.key}`]) {
    t.same(await answerTo(undefined, '127.0.0.1', `/v1/customers?${query}`), without, 'a key in the URL is none')
    t.match(
      await answerTo(`Bearer ${active.key}`, '127.0.0.1', `/v1/customers?${query}`),
      { status: 400 },
      'nor is it passed over',
    )
  }
  const keys = [active, expired, revoked, elsewhere, rotated].map(({ key }) => key)
  t.notOk(
    log.some(line => keys.some(key => line.includes(key))),
    'no key is in the log',
  )
})

t.test('a client calls from its ranges, IPv4 and IPv6', async t => {
  const { key } = await createClient(call, ['customers:read'], {
    ip_ranges: ['203.0.113.0/24', '198.51.100.7', '2001:db8:5::/48', '::1'],
  })
  for (const [ip, status] of Object.entries({
    '203.0.113.0': 200,
    '203.0.113.255': 200,
    '203.0.114.0': 401,
    '198.51.100.7': 200,
    '198.51.100.8': 401,
    '127.0.0.1': 401,
    '::ffff:203.0.113.9': 200,
    '::ffff:203.0.114.9': 401,
    '2001:db8:5:ffff::1': 200,
    '2001:db8:6::1': 401,
    '::1': 200,
  }))
    t.match(await answerTo(`Bearer ${key}`, ip), { status }, ip)
})

t.test('who calls is the nearest address that is no trusted proxy', async t => {
  const { key } = await createClient(call, ['customers:read'], { ip_ranges: ['203.0.113.0/24'] })
  const authenticate = authenticateBy({ admin_api_key: 'x'.repeat(32), apiKey: authenticateApiKeys(context, 'dev') })
  const statusVia = async (trusted_proxies: string[], forwarded: string): Promise<number> => {
    const proxied = await buildApp({
      context,
      authenticate,
      logger: silent,
      network: { ...NETWORK_OF_TESTS, trusted_proxies },
    })
    const { statusCode } = await proxied.inject({
      url: '/v1/customers',
      remoteAddress: '10.0.0.5',
      headers: { authorization: `Bearer ${key}`, 'x-forwarded-for': forwarded },
    })
    await proxied.close()
    return statusCode
  }
  t.equal(await statusVia([], '203.0.113.9'), 401, 'a header that every client can send')
  t.equal(await statusVia(['10.0.0.0/8'], '203.0.113.9'), 200)
  t.equal(
    await statusVia(['10.0.0.0/8'], '203.0.113.9, 192.0.2.1'),
    401,
    "what precedes the first stranger is the stranger's word",
  )
})

t.test('what a client may not do is 403, and names the scope', async t => {
  const { key } = await createClient(call, ['contracts:read'])
  t.match(await answerTo(`Bearer ${key}`), {
    status: 403,
    problem: { type: '/problems/forbidden', required_scope: 'customers:read' },
  })
})

t.test('scopes that a later release knew are passed over by this one', async t => {
  const { client_id, key } = await createClient(call, ['customers:read'])
  await database.run({
    name: '',
    text: 'update api_clients set scopes = $2 where client_id = $1',
    values: [client_id, ['customers:read', 'later:scope']],
  })
  t.match(await answerTo(`Bearer ${key}`), { status: 200 })
})
