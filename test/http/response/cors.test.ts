import t from 'tap'
import { testService } from '../../helpers/test-service.ts'

const origin = 'https://desk.example.com'
const preflight = {
  origin,
  'access-control-request-method': 'PUT',
  'access-control-request-headers': 'authorization,content-type,if-match',
}
const listed = await testService(t, undefined, { cors_origins: [origin, 'http://localhost:5173'] })
const plain = await testService(t)

t.test('without a list no page of another origin may read anything', async t => {
  const { app, call } = plain
  const answer = await call('GET', '/v1/apps', undefined, { origin })
  t.equal(answer.status, 200)
  t.notOk(Object.keys(answer.headers).some(name => name.startsWith('access-control-')))
  t.equal(answer.headers['vary'], 'accept, authorization')
  t.equal((await app.inject({ method: 'OPTIONS', url: '/v1/apps/x', headers: preflight })).statusCode, 401)
})

t.test('a browser may ask for a listed origin without a key', async t => {
  for (const url of ['/v1/apps/x', '/v1/contracts/x/roster', '/v1/sender-checks', '/openapi.json']) {
    const answer = await listed.app.inject({ method: 'OPTIONS', url, headers: preflight })
    t.match(
      answer,
      {
        statusCode: 204,
        body: '',
        headers: {
          'access-control-allow-origin': origin,
          'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
          'access-control-max-age': '600',
          'access-control-allow-headers':
            'Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, Request-Id, traceparent',
          'request-id': String,
          'x-content-type-options': 'nosniff',
        },
      },
      url,
    )
    t.match(answer.headers.vary, /Origin/i)
    t.equal(answer.headers['access-control-allow-credentials'], undefined)
  }
})

t.test('pages of listed origins read answers and what their headers say, errors too', async t => {
  for (const [url, status] of [
    ['/v1/apps', 200],
    ['/v1/nothing', 404],
    ['/v1/apps?limit=0', 400],
    [`/v1/apps?${'x'.repeat(9000)}`, 414],
  ] as const) {
    const { status: answered, headers } = await listed.call('GET', url, undefined, { origin: 'http://localhost:5173' })
    t.match(
      { answered, headers },
      {
        answered: status,
        headers: { 'access-control-allow-origin': 'http://localhost:5173', vary: /accept, authorization.*Origin/i },
      },
    )
    for (const name of [
      'ETag',
      'Location',
      'Link',
      'Request-Id',
      'RateLimit',
      'RateLimit-Policy',
      'Retry-After',
      'Idempotent-Replayed',
    ])
      t.ok(headers['access-control-expose-headers']?.split(', ').includes(name), name)
  }
  t.match(await listed.call('GET', '/v1/apps', undefined, { origin, authorization: '' }), {
    status: 401,
    headers: { 'access-control-allow-origin': origin },
  })
})

t.test('for any other origin everything is as without a list', async t => {
  for (const other of [
    'https://desk.example.com.evil.example',
    'http://desk.example.com',
    'https://desk.example.com:8443',
    'null',
    '*',
    'https://DESK.example.com',
  ]) {
    const answer = await listed.call('GET', '/v1/apps', undefined, { origin: other })
    t.match(
      answer,
      {
        status: 200,
        headers: {
          'access-control-allow-origin': undefined,
          'access-control-expose-headers': undefined,
          vary: /Origin/i,
        },
      },
      other,
    )
    t.equal(
      (await listed.app.inject({ method: 'OPTIONS', url: '/v1/apps/x', headers: { ...preflight, origin: other } }))
        .statusCode,
      401,
      other,
    )
  }
})

t.test('OPTIONS that is no preflight still says the methods of a path', async t => {
  for (const { call, app } of [plain, listed]) {
    t.match(await call('OPTIONS', '/v1/products/x'), { status: 204, headers: { allow: 'GET, HEAD, OPTIONS, PUT' } })
    t.match(await call('OPTIONS', '/v1/products/x', 'not json', { origin }), {
      status: 204,
      headers: { allow: 'GET, HEAD, OPTIONS, PUT' },
    })
    t.match(await call('OPTIONS', '/nothing'), { status: 404, headers: { 'content-type': 'application/problem+json' } })
    t.equal((await app.inject({ method: 'OPTIONS', url: '/v1/products/x' })).statusCode, 401)
    t.match(await call('DELETE', '/v1/products/x'), { status: 405, headers: { allow: 'GET, HEAD, OPTIONS, PUT' } })
  }
})
