import { randomBytes } from 'node:crypto'
import pino from 'pino'
import t from 'tap'
import { buildApp } from '#app.ts'
import { createClient, rotate } from '../../helpers/api-clients.ts'
import { until } from '../../helpers/job-worker.ts'
import { openPool } from '../../helpers/test-database.ts'
import { NETWORK_OF_TESTS, testService } from '../../helpers/test-service.ts'
import { apiKeyFinder } from '#actions/find-api-key.ts'
import type { Database } from '#db/driver/database.ts'
import { openDatabase } from '#db/driver/database.ts'
import { apiKeyDigest, apiKeyOf } from '#domain/api-key.ts'
import { authenticateApiKeys } from '#http/auth/api-key-credentials.ts'
import { authenticateBy } from '#http/auth/authentication.ts'

const { app, call, clock, context, database, log, url } = await testService(t)
const silent = pino({ level: 'silent' })
const newKeyOf = (environment: string) => apiKeyOf(environment, randomBytes(32))

/** What a request with a key is answered, from an address, with the headers that tell anything. */
const answerTo = async (
  authorization: string | undefined,
  remoteAddress = '127.0.0.1',
  path = '/v1/customers',
  on = app,
) => {
  const { statusCode, headers, body } = await on.inject({
    url: path,
    remoteAddress,
    ...(authorization !== undefined && { headers: { authorization } }),
  })
  const { instance: _instance, ...problem } = statusCode < 400 ? { instance: '' } : JSON.parse(body)
  return { status: statusCode, problem, authenticate: headers['www-authenticate'], cache: headers['cache-control'] }
}

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
      detail: 'Send an API key or an access token as "Authorization: Bearer <key>".',
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
  t.equal(await statusVia([], '203.0.113.9'), 401, 'a header that anybody can send')
  t.equal(await statusVia(['10.0.0.0/8'], '203.0.113.9'), 200)
  t.equal(
    await statusVia(['10.0.0.0/8'], '203.0.113.9, 192.0.2.1'),
    401,
    "what stands before the first stranger is the stranger's word",
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

/** A database that counts what it is asked. */
function counted(database: Database): Database & { count: () => number } {
  let count = 0
  return {
    ...database,
    run: async statement => {
      count++
      return await database.run(statement)
    },
    count: () => count,
  }
}

t.test('a flood of wrong keys costs the database nothing, or little, and fills no memory', async t => {
  const asked = counted(database)
  const find = apiKeyFinder({ database: asked }, 'dev', key => key)
  for (let n = 0; n < 5000; n++) t.equal(find(`mdg_dev_${n}`, `digest-${n}`), undefined)
  for (let n = 0; n < 100; n++) {
    const key = newKeyOf('live')
    t.equal(find(key, apiKeyDigest(key)), undefined)
  }
  t.equal(asked.count(), 0, 'what has no form or checksum, or is of elsewhere, is not asked for')
  const made = Array.from({ length: 3000 }, () => newKeyOf('dev'))
  t.same(new Set(await Promise.all(made.map(async key => await find(key, apiKeyDigest(key))))), new Set([undefined]))
  t.ok(asked.count() <= 10, `${asked.count()} queries for 3000 keys at once`)
  const before = asked.count()
  t.equal(
    find(made.at(-1)!, apiKeyDigest(made.at(-1)!)),
    undefined,
    "one that was asked for just now is known to be nobody's",
  )
  t.equal(asked.count(), before)
  t.ok(find(made[0]!, apiKeyDigest(made[0]!)) instanceof Promise, 'the oldest have gone')
})

t.test('many requests of one key ask once, and none waits while it is known', async t => {
  const { key, client_id } = await createClient(call, ['customers:read'])
  const asked = counted(database)
  const find = apiKeyFinder({ database: asked }, 'dev', ({ client_id }) => client_id)
  const digest = apiKeyDigest(key)
  t.same(
    new Set(await Promise.all(Array.from({ length: 100 }, async () => await find(key, digest)))),
    new Set([client_id]),
  )
  t.equal(asked.count(), 1)
  const until_asked_again = performance.now() + 1300
  let waited = 0
  while (performance.now() < until_asked_again) {
    const found = find(key, digest)
    if (found instanceof Promise) waited++
    t.equal(await found, client_id)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  t.ok(asked.count() >= 2 && asked.count() <= 4, `${asked.count()} queries`)
  t.ok(waited <= 2, 'it is asked for again before it is too old to be believed')
})

t.test('a database that is away is 503, not 401; what is known goes on for its second', async t => {
  const { key } = await createClient(call, ['customers:read'])
  const own = openDatabase(
    { url, pool_size: 2, connect_timeout: 300, statement_timeout: 5000, lock_timeout: 200 },
    () => {},
  )
  const authenticate = authenticateBy({
    admin_api_key: 'x'.repeat(32),
    apiKey: authenticateApiKeys({ ...context, database: own }, 'dev'),
  })
  const cut = await buildApp({ context, authenticate, logger: silent, network: NETWORK_OF_TESTS })
  t.teardown(async () => {
    await cut.close()
  })
  t.match(await answerTo(`Bearer ${key}`, undefined, '/v1/customers', cut), { status: 200 })
  await own.close()
  await until(async () => (await answerTo(`Bearer ${key}`, undefined, '/v1/customers', cut)).status === 503, 5)
  for (const unknown of [newKeyOf('dev'), key])
    t.match(await answerTo(`Bearer ${unknown}`, undefined, '/v1/customers', cut), {
      status: 503,
      problem: { type: '/problems/unavailable' },
    })
  t.match(
    await answerTo(`Bearer ${newKeyOf('dev')}`, undefined, '/v1/nothing', cut),
    { status: 503 },
    'also where there is no route',
  )
  t.match(
    await answerTo(`Bearer ${newKeyOf('live')}`, undefined, '/v1/customers', cut),
    { status: 401 },
    'what nobody need be asked about',
  )
  t.match(
    await answerTo(`Bearer ${'x'.repeat(32)}`, undefined, '/v1/customers', cut),
    { status: 200 },
    'the root credential is in the environment',
  )
})

t.test('a use that cannot be noted neither delays nor fails the request', async t => {
  const { client_id, key } = await createClient(call, ['customers:read'])
  const holder = await openPool(t, url, 1).connect()
  t.teardown(() => {
    holder.release()
  })
  await holder.query('begin')
  await holder.query('select from api_keys where client_id = $1 for update', [client_id])
  t.match(await answerTo(`Bearer ${key}`), { status: 200 })
  await holder.query('rollback')
  await until(async () => (await call('GET', `/v1/api-clients/${client_id}`)).body.last_used_at !== null, 5)
})
