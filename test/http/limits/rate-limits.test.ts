import t from 'tap'
import { createClient } from '../../helpers/api-clients.ts'
import { testService, secondInstance } from '../../helpers/test-service.ts'
import { operationsOf } from '../../helpers/openapi-document.ts'
import { failedAuthentications } from '#db/api-clients/failed-authentications.ts'
import { openDatabase } from '#db/driver/database.ts'

const LIMITS = { client_requests: 5, address_requests: 4, failed_authentications: 3 }
const wrong = { authorization: 'Bearer wrong' }

t.test('a client learns what is left, then refused, and comes to no more than its share', async t => {
  const { call, callWith } = await testService(t, undefined, LIMITS)
  for (const left of [4, 3, 2, 1, 0]) {
    const { status, headers } = await call('GET', '/v1/apps?limit=1')
    t.match(
      { status, headers },
      {
        status: 200,
        headers: {
          'ratelimit-policy': '"default";q=5;w=60',
          ratelimit: new RegExp(`^"default";r=${left};t=[1-9]\\d?$`),
        },
      },
    )
  }
  const refused = await call('GET', '/v1/apps?limit=1')
  t.match(refused, {
    status: 429,
    headers: {
      'content-type': 'application/problem+json',
      'ratelimit-policy': '"default";q=5;w=60',
      ratelimit: /^"default";r=0;t=[1-9]\d?$/,
      'retry-after': /^[1-9]\d?$/,
    },
    body: { type: '/problems/rate-limited', status: 429, 'violated-policies': ['default'], retry_after: Number },
  })
  t.equal(refused.headers['retry-after'], String(refused.body.retry_after))
  t.equal((await call('PUT', '/v1/customers/late', { name: 'x' })).status, 429)
  t.equal(
    (await callWith('customers:read')('GET', '/v1/customers/late')).status,
    404,
    'another client has its own share, and nothing was written',
  )
})

t.test('a client without the scope, and paths that are not there, count as well', async t => {
  const { callWith } = await testService(t, undefined, LIMITS)
  const call = callWith('customers:read')
  for (const url of ['/v1/apps', '/v1/apps', '/v1/nothing', '/v1/nothing', '/v1/apps'])
    t.match((await call('GET', url)).headers, { ratelimit: /^"default"/ }, url)
  t.equal((await call('GET', '/v1/apps')).status, 429)
  t.equal((await call('GET', '/v1/nothing')).status, 429)
})

t.test('without a key an address is counted; what the platform asks is not', async t => {
  const { app } = await testService(t, undefined, LIMITS)
  const ask = async (url: string, remoteAddress: string) => await app.inject({ url, remoteAddress })
  for (const url of ['/problems/forbidden', '/openapi.json', '/nothing', '/v1/customers']) {
    t.match(
      (await ask(url, '192.0.2.1')).headers,
      { 'ratelimit-policy': '"anonymous";q=4;w=60', ratelimit: /^"anonymous";r=\d;t=\d+$/ },
      url,
    )
  }
  for (const url of ['/problems/forbidden', '/docs/', '/nothing', '/v1/customers', '/v1/nothing']) {
    t.match(await ask(url, '192.0.2.1'), { statusCode: 429, headers: { 'retry-after': /\d/ } }, url)
    t.equal((await ask(url, '192.0.2.1')).json().type, '/problems/rate-limited')
  }
  t.equal((await ask('/problems/forbidden', '::ffff:192.0.2.1')).statusCode, 429, 'the same address in IPv6')
  t.equal((await ask('/problems/forbidden', '192.0.2.2')).statusCode, 200)
  for (let i = 0; i < 20; i++) {
    for (const url of ['/healthz', '/readyz'])
      t.match(await ask(url, '192.0.2.1'), { statusCode: 200, headers: { ratelimit: undefined } })
  }
})

t.test('an IPv6 network counts as one address', async t => {
  const { app } = await testService(t, undefined, LIMITS)
  for (const host of ['1', '2', 'a:b:c:d', 'ffff:ffff:ffff:ffff'])
    t.equal(
      (
        await app.inject({
          url: '/problems/forbidden',
          remoteAddress: `2001:db8:1:2:${host.includes(':') ? host : `:${host}`}`,
        })
      ).statusCode,
      200,
    )
  t.equal((await app.inject({ url: '/problems/forbidden', remoteAddress: '2001:db8:1:2::5' })).statusCode, 429)
  t.equal((await app.inject({ url: '/problems/forbidden', remoteAddress: '2001:db8:1:3::5' })).statusCode, 200)
})

t.test('keys that are not valid are counted over all processes, and keep no valid key out', async t => {
  const one = await testService(t, undefined, { ...LIMITS, client_requests: 100, address_requests: 100 })
  const other = await secondInstance(t, one, { ...LIMITS, client_requests: 100, address_requests: 100 })
  t.equal((await one.call('GET', '/v1/apps')).status, 200)
  for (const { call } of [one, other, one]) t.equal((await call('GET', '/v1/apps', undefined, wrong)).status, 401)
  for (const { call } of [one, other]) {
    t.match(await call('GET', '/v1/apps', undefined, wrong), {
      status: 429,
      headers: {
        'ratelimit-policy': '"failures";q=3;w=60',
        ratelimit: /^"failures";r=0;t=\d+$/,
        'retry-after': /^[1-9]\d?$/,
      },
      body: { 'violated-policies': ['failures'] },
    })
  }
  t.equal((await one.call('GET', '/v1/apps')).status, 200, 'a key that was valid here before')
  t.equal((await one.callWith('catalogue:read')('GET', '/v1/apps')).status, 200, 'a key that was never seen')
  t.equal((await one.app.inject('/v1/apps')).statusCode, 401, 'no key at all is no guess')
  t.equal((await other.call('GET', '/problems/forbidden')).status, 200, 'what needs no key is answered')
})

t.test('while the database is away each process counts for itself', async t => {
  const database = openDatabase(
    {
      url: 'postgres://nobody@127.0.0.1:1/none',
      pool_size: 1,
      connect_timeout: 200,
      statement_timeout: 200,
      lock_timeout: 200,
    },
    () => {},
  )
  t.teardown(async () => {
    await database.close()
  })
  const failures = failedAuthentications(database, 2)
  t.same([await failures.count('192.0.2.1'), await failures.count('192.0.2.1')], [0, 0])
  t.ok((await failures.count('192.0.2.1')) > 0)
  t.equal(await failures.count('192.0.2.2'), 0)
})

t.test("behind trusted proxies the client's address counts, and only they are believed", async t => {
  const { app } = await testService(t, undefined, { ...LIMITS, trusted_proxies: ['10.0.0.0/8'] })
  const ask = async (remoteAddress: string, forwarded: string) =>
    (await app.inject({ url: '/problems/forbidden', remoteAddress, headers: { 'x-forwarded-for': forwarded } }))
      .headers['ratelimit']
  t.match(await ask('10.1.2.3', '192.0.2.1'), /r=3/)
  t.match(await ask('10.9.9.9', '192.0.2.1'), /r=2/, 'through another proxy')
  t.match(await ask('10.1.2.3', 'made-up, 192.0.2.1'), /r=1/, 'what the client itself wrote before it')
  t.match(await ask('10.1.2.3', '192.0.2.1, 10.4.4.4'), /r=0/, 'through two proxies')
  t.match(await ask('198.51.100.7', '192.0.2.99'), /r=3/)
  t.match(await ask('198.51.100.7', '192.0.2.98'), /r=2/, 'no other address is believed')
  t.match(await ask('10.1.2.3', 'made-up'), /r=3/, "no address is the proxy's")
  const direct = await testService(t, undefined, LIMITS)
  for (const forwarded of ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4'])
    t.equal(
      (await direct.app.inject({ url: '/problems/forbidden', headers: { 'x-forwarded-for': forwarded } })).statusCode,
      200,
    )
  t.equal(
    (await direct.app.inject({ url: '/problems/forbidden', headers: { 'x-forwarded-for': '192.0.2.5' } })).statusCode,
    429,
    'without proxies the header says nothing',
  )
})

/** What a request may meet before its path is known. */
const BEFORE_ROUTING = new Set(['408', '414', '431'])

t.test("a client's address counts without the port that a proxy adds, and opens its ranges", async t => {
  const { app, call } = await testService(t, undefined, { ...LIMITS, trusted_proxies: ['10.0.0.0/8'] })
  const ask = async (forwarded: string, url = '/problems/forbidden', headers = {}) =>
    await app.inject({ url, remoteAddress: '10.1.2.3', headers: { 'x-forwarded-for': forwarded, ...headers } })
  for (const [forwarded, left] of [
    ['192.0.2.1:51234', 3],
    ['192.0.2.1:80', 2],
    ['192.0.2.1', 1],
    ['198.51.100.1:1, 192.0.2.1:2, 10.9.9.9:3', 0],
    ['[2001:db8::1]:443', 3],
    ['[2001:db8::2]', 2],
    ['2001:db8::3', 1],
  ] as const)
    t.match((await ask(forwarded)).headers['ratelimit'], new RegExp(`r=${left}`), forwarded)
  const { key } = await createClient(call, ['customers:read'], { ip_ranges: ['192.0.2.0/24'] })
  const authorization = `Bearer ${key}`
  t.equal((await ask('192.0.2.77:1234', '/v1/customers', { authorization })).statusCode, 200)
  t.equal((await ask('198.51.100.77:1234', '/v1/customers', { authorization })).statusCode, 401)
})

t.test('every operation but the probes documents 429 and what is left', async t => {
  const { app } = await testService(t)
  for (const { operationId, responses } of operationsOf(app.swagger())) {
    const isProbe = ['getHealth', 'getReadiness'].includes(operationId)
    t.equal('429' in responses, !isProbe, operationId)
    for (const [status, { headers }] of Object.entries(responses)) {
      if (BEFORE_ROUTING.has(status)) continue
      t.equal('RateLimit' in headers! && 'RateLimit-Policy' in headers, !isProbe, `${operationId} ${status}`)
    }
    if (!isProbe) t.ok('Retry-After' in responses['429']!.headers!, operationId)
  }
})
