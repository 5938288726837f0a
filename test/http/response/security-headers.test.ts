import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import pino from 'pino'
import { buildApp } from '#app.ts'
import { fillContract, person } from '../../helpers/fixtures.ts'
import { NETWORK_OF_TESTS, testService, type Answer } from '../../helpers/test-service.ts'
import { securityHeaders } from '#http/response/security-headers.ts'

const { app, call, context } = await testService(t, undefined, { client_requests: 40 })
await fillContract(call, 'secure', 1)

const EXPECTED = {
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

function assertSecure(
  t: Test,
  { headers }: Pick<Answer, 'headers'>,
  name: string,
  csp = EXPECTED['content-security-policy'],
): void {
  for (const [field, value] of Object.entries({ ...EXPECTED, 'content-security-policy': csp }))
    t.equal(headers[field], value, `${name}: ${field}`)
  for (const field of ['server', 'x-powered-by', 'via', 'strict-transport-security', 'access-control-allow-origin'])
    t.equal(headers[field], undefined, `${name}: no ${field}`)
}

t.test('every kind of answer has the security headers, and none says what made it', async t => {
  const {
    headers: { etag = '' },
  } = await call('GET', '/v1/contracts/secure')
  const answers: Record<string, Answer> = {
    200: await call('GET', '/v1/contacts'),
    201: await call('PUT', '/v1/customers/secured', { name: 'x' }),
    204: await call('OPTIONS', '/v1/customers'),
    304: await call('GET', '/v1/contracts/secure', undefined, { 'if-none-match': etag }),
    400: await call('PUT', '/v1/customers/x', '{'),
    '400 before routing': await call('GET', '/v1/customers/%zz'),
    401: await call('GET', '/v1/customers', undefined, { authorization: '' }),
    404: await call('GET', '/nothing'),
    405: await call('TRACE', '/v1/customers'),
    406: await call('GET', '/v1/customers', undefined, { accept: 'text/html' }),
    409: await call('POST', '/v1/contracts/secure/contacts', person({ role: 'primary' })),
    412: await call('PUT', '/v1/customers/secured', { name: 'y' }, { 'if-match': '"x"' }),
    413: await call('PUT', '/v1/customers/x', 'x'.repeat(2_000_000)),
    414: await call('GET', `/v1/customers?cursor=${'x'.repeat(9000)}`),
    '414 before routing': await call('GET', `/v1/customers/${'x'.repeat(9000)}`),
    415: await call('PUT', '/v1/customers/x', 'x', { 'content-type': 'text/plain' }),
    431: await call(
      'GET',
      '/v1/customers',
      undefined,
      Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`x-${index}`, '1'])),
    ),
  }
  for (const [status, answer] of Object.entries(answers)) {
    t.equal(answer.status, Number(status.slice(0, 3)), status)
    assertSecure(t, answer, status)
  }
  for (const url of ['/healthz', '/readyz', '/openapi.json', '/openapi.yaml', '/problems/forbidden', '/docs/unknown'])
    assertSecure(t, await call('GET', url), url)
  for (let i = 0; i < 40; i++) await call('GET', '/v1/apps?limit=1')
  const limited = await call('GET', '/v1/apps?limit=1')
  t.equal(limited.status, 429)
  assertSecure(t, limited, '429')
})

t.test('the explorer may load what is its own, and nothing else', async t => {
  for (const url of ['/docs', '/docs/', '/docs/static/swagger-ui-bundle.js', '/docs/static/swagger-ui.css']) {
    const answer = await call('GET', url)
    assertSecure(
      t,
      answer,
      url,
      "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; img-src 'self' data:; " +
        "object-src 'none'; style-src 'self' 'unsafe-inline';",
    )
  }
})

t.test('no problem names the software or its version', async t => {
  for (const [method, url, body] of [
    ['GET', '/nothing'],
    ['PUT', '/v1/customers/x', '{'],
    ['GET', '/v1/customers/%zz'],
    ['PUT', '/v1/customers/x', 'x'.repeat(2_000_000)],
  ] as const) {
    t.notMatch(
      (await call(method, url, body)).text,
      /fastify|FST_|node|v?\d+\.\d+\.\d+|postgres|ajv/i,
      `${method} ${url}`,
    )
  }
})

const PEM = Object.fromEntries(
  ['cert', 'key'].map(part => [
    part,
    readFileSync(new URL(`../../fixtures/localhost-${part}.pem`, import.meta.url), 'utf8'),
  ]),
) as { cert: string; key: string }

t.test('with a certificate the service speaks TLS 1.2 or later, and browsers learn to stay with it', async t => {
  const secure = await buildApp({
    context,
    authenticate: () => undefined,
    logger: pino({ level: 'silent' }),
    network: { ...NETWORK_OF_TESTS, tls: PEM },
  })
  t.teardown(async () => {
    await secure.close()
  })
  await secure.listen({ host: '127.0.0.1', port: 0 })
  const { port } = secure.server.address() as AddressInfo
  const ask = async (options: object): Promise<{ status: number; headers: Record<string, unknown> }> =>
    await new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port, path: '/healthz', ca: PEM.cert, agent: false, ...options }, answer => {
        answer.resume().on('end', () => {
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers })
        })
      })
        .on('error', reject)
        .end()
    })
  t.match(await ask({}), {
    status: 200,
    headers: { ...EXPECTED, 'strict-transport-security': 'max-age=63072000; includeSubDomains' },
  })
  t.match(await ask({ path: '/v1/apps' }), { status: 401, headers: { 'strict-transport-security': String } })
  t.match(await ask({ path: '/v1/customers/%zz' }), { status: 400, headers: { 'strict-transport-security': String } })
  for (const ciphers of [
    'ECDHE-ECDSA-AES128-GCM-SHA256',
    'ECDHE-ECDSA-AES256-GCM-SHA384',
    'ECDHE-ECDSA-CHACHA20-POLY1305',
  ])
    t.equal((await ask({ maxVersion: 'TLSv1.2', ciphers })).status, 200, ciphers)
  for (const ciphers of [
    'ECDHE-ECDSA-AES128-SHA',
    'ECDHE-ECDSA-AES256-SHA',
    'ECDHE-ECDSA-AES128-SHA256',
    'ECDHE-ECDSA-AES256-SHA384',
    'AES128-GCM-SHA256',
    'AES256-SHA256',
    'AES128-SHA',
    'DHE-RSA-AES128-GCM-SHA256',
    'AES128-CCM',
  ])
    await t.rejects(ask({ maxVersion: 'TLSv1.2', ciphers }), ciphers)
  await t.rejects(ask({ maxVersion: 'TLSv1.1', minVersion: 'TLSv1' }))
  t.equal((await app.inject('/healthz')).headers['strict-transport-security'], undefined)
  t.notOk('strict-transport-security' in securityHeaders({ with_tls: false }))
})
