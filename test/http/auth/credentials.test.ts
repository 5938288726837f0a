import t from 'tap'
import Fastify from 'fastify'
import pino from 'pino'
import { buildApp } from '#app.ts'
import { fillContract } from '../../helpers/fixtures.ts'
import { NETWORK_OF_TESTS, testService } from '../../helpers/test-service.ts'
import { guardRoutes } from '#http/auth/authentication.ts'
import { authenticateAdmin, authenticateBy } from '#http/auth/credentials.ts'

const { app, call, callWith, context } = await testService(t)
const [primary] = await fillContract(call, 'guarded', 1)

const UNKNOWN = '019354a8-6c00-7c41-9d2e-3f5b8a1c7e90'

t.test('a key that is none is 401, whatever form it comes in', async t => {
  const plain = await app.inject({ method: 'GET', url: '/v1/customers' })
  t.match(plain, { statusCode: 401, headers: { 'www-authenticate': 'Bearer realm="madoguchi"' } })
  for (const authorization of [
    '',
    'Bearer',
    'Bearer ',
    'Bearer wrong',
    'test-key',
    'Basic dGVzdC1rZXk=',
    'Bearer test-key x',
    'Bearer test-key,',
    'Token test-key',
    `Bearer ${'x'.repeat(513)}`,
    'Bearer あ',
  ]) {
    t.match(
      await call('GET', '/v1/customers', undefined, { authorization }),
      {
        status: 401,
        headers: { 'www-authenticate': 'Bearer realm="madoguchi", error="invalid_token"' },
        body: { type: '/problems/unauthenticated' },
      },
      authorization.slice(0, 20),
    )
  }
  for (const authorization of ['Bearer test-key', 'bearer test-key', 'BEARER   test-key'])
    t.equal((await call('GET', '/v1/customers', undefined, { authorization })).status, 200, authorization)
})

t.test('the key comes before everything else: body, media type, conditions, existence, unknown paths', async t => {
  const authorization = { authorization: 'Bearer wrong' }
  t.equal((await call('PUT', '/v1/customers/x', 'not json', authorization)).status, 401)
  t.equal((await call('PUT', '/v1/customers/x', 'x', { ...authorization, 'content-type': 'text/xml' })).status, 401)
  t.equal((await call('PUT', '/v1/customers/x', 'x'.repeat(300_000), authorization)).status, 401)
  t.equal((await call('GET', '/v1/customers?limit=0', undefined, authorization)).status, 401)
  t.equal((await call('GET', '/v1/customers', undefined, { ...authorization, accept: 'text/html' })).status, 401)
  for (const path of [
    '/v1',
    '/v1/',
    '/%76%31/nothing',
    '/v%31/customers/x/y',
    'http://here/v1/nothing',
    '/v1/nothing',
    '/v1/customers/x/y',
    '/v1/Customers',
    '/v1/customers;x',
  ]) {
    t.equal((await call('GET', path, undefined, authorization)).status, 401, path)
    t.equal((await call('GET', path)).status, 404, path)
  }
  t.equal((await call('DELETE', '/v1/products/x', undefined, authorization)).status, 401)
  t.equal((await call('DELETE', '/v1/products/x')).status, 405)
})

t.test('the scope comes before the body and existence', async t => {
  const reader = callWith('contacts:read')
  t.equal((await reader('POST', '/v1/contracts/guarded/contacts', 'not json')).status, 403)
  t.equal((await reader('DELETE', `/v1/contacts/${UNKNOWN}`)).status, 403)
  t.equal((await reader('DELETE', `/v1/contacts/${primary.contact_id}`)).status, 403)
})

t.test('health, readiness, the contract, the explorer and the explanations need no key', async t => {
  for (const url of ['/healthz', '/readyz', '/openapi.json', '/openapi.yaml', '/docs/', '/problems/not-found']) {
    t.equal((await app.inject({ method: 'GET', url })).statusCode, 200, url)
  }
})

t.test('the root credential may do everything, and only the very key is it', async t => {
  const key = 'an-admin-key-of-thirty-two-characters'
  const admin = await buildApp({
    context,
    authenticate: authenticateAdmin(key),
    logger: pino({ level: 'silent' }),
    network: NETWORK_OF_TESTS,
  })
  t.teardown(async () => {
    await admin.close()
  })
  const as = async (token: string, url = '/v1/customers') =>
    (await admin.inject({ method: 'GET', url, headers: { authorization: `Bearer ${token}` } })).statusCode
  for (const url of ['/v1/products', '/v1/customers', '/v1/contracts', '/v1/contacts', '/v1/support-accounts'])
    t.equal(await as(key, url), 200)
  for (const token of [key.slice(0, -1), `${key}x`, key.toUpperCase(), 'test-key']) t.equal(await as(token), 401, token)
})

t.test('a route that declares no scope does not start', async t => {
  const bare = Fastify()
  guardRoutes(bare, async () => {
    throw new Error('no person is let in')
  })
  t.throws(() => bare.get('/v1/open', async () => 'open'), { message: 'GET /v1/open declares no scope' })
})

t.test("a malformed header is no client's key, also where a key were empty", async t => {
  const authenticate = authenticateAdmin('')
  t.ok(authenticate('', '127.0.0.1'), 'the check itself knows only keys')
  const guarded = await buildApp({
    context,
    authenticate,
    logger: pino({ level: 'silent' }),
    network: NETWORK_OF_TESTS,
  })
  for (const authorization of ['', 'Bearer', 'Bearer ', 'Basic x', 'nonsense']) {
    t.equal((await guarded.inject({ url: '/v1/products', headers: { authorization } })).statusCode, 401, authorization)
  }
  await guarded.close()
})

t.test('OPTIONS below /v1 needs a key as well', async t => {
  t.equal((await call('OPTIONS', '/v1/products', undefined, { authorization: '' })).status, 401)
})

t.test('two root credentials are valid at once, and no other', async t => {
  const authenticate = authenticateBy({ admin_api_key: 'a'.repeat(32), admin_api_key_next: 'b'.repeat(32) })
  for (const key of ['a'.repeat(32), 'b'.repeat(32)]) t.match(authenticate(key, '127.0.0.1'), { name: 'admin' })
  for (const key of ['c'.repeat(32), '', 'a'.repeat(31)]) t.equal(authenticate(key, '127.0.0.1'), undefined)
  const only = authenticateBy({ admin_api_key: 'a'.repeat(32), admin_api_key_next: null })
  t.match(only('a'.repeat(32), '127.0.0.1'), { name: 'admin' })
  t.equal(only('b'.repeat(32), '127.0.0.1'), undefined)
})
