import { createHmac, createPublicKey } from 'node:crypto'
import pino from 'pino'
import t from 'tap'
import { buildApp } from '#app.ts'
import { historyOf } from '../../helpers/history.ts'
import {
  AUDIENCE,
  identityProvider,
  ISSUER,
  signingKey,
  tokenOf,
  type IdentityProvider,
} from '../../helpers/identity-provider.ts'
import { NETWORK_OF_TESTS, testService } from '../../helpers/test-service.ts'
import { authenticateTokens } from '#http/auth/access-tokens.ts'
import { authenticateApiKeys } from '#http/auth/api-key-credentials.ts'
import { authenticateBy } from '#http/auth/authentication.ts'
import { remoteJwks, type JwksOptions } from '#http/auth/jwks.ts'

const service = await testService(t)
const { call, clock, context, database } = service
const NOW = clock.now()
const seconds = Date.parse(NOW) / 1000
const es = await signingKey('es-1')
const rs = await signingKey('rs-1', 'RS256')
const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Why tokens were refused, as the service's log has it. */
const reasons: string[] = []

/** The service, with tokens of a provider of its own beside API keys. */
async function serviceWith(provider: IdentityProvider, options: Partial<JwksOptions> = {}, claims: object = {}) {
  const token = authenticateTokens(
    {
      issuer: ISSUER,
      audience: AUDIENCE,
      scope_claim: 'scope',
      subject_claim: 'sub',
      names_requester: false,
      ...claims,
    },
    remoteJwks({ url: provider.url, ...options }),
    context,
    reason => reasons.push(reason),
  )
  const authenticate = authenticateBy({
    admin_api_key: 'x'.repeat(32),
    apiKey: authenticateApiKeys(context, 'dev'),
    token,
  })
  const app = await buildApp({ context, authenticate, logger: pino({ level: 'silent' }), network: NETWORK_OF_TESTS })
  t.teardown(async () => {
    await app.close()
  })
  const ask = async (token: string, method = 'GET', url = '/v1/customers', payload?: object, headers = {}) =>
    await app.inject({
      method: method as 'GET',
      url,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(payload !== undefined && { payload }),
    })
  return { ask, statusOf: async (token: string): Promise<number> => (await ask(token)).statusCode }
}

const provider = await identityProvider(t)
provider.publish(es, rs)
const { ask, statusOf } = await serviceWith(provider)

t.test('a token of the provider is taken, and its scopes are what its client may do', async t => {
  for (const key of [es, rs]) t.equal(await statusOf(await tokenOf(key, NOW)), 200, key.alg)
  for (const scope of ['customers:read', 'openid customers:read unknown:scope', ['customers:read', 'openid', 7]])
    t.equal(await statusOf(await tokenOf(es, NOW, { scope })), 200, JSON.stringify(scope))
  for (const scope of ['contracts:read', 'openid', '', [], {}, 1, null, undefined]) {
    const answer = await ask(await tokenOf(es, NOW, { scope }))
    t.match(
      answer.json(),
      { status: 403, type: '/problems/forbidden', required_scope: 'customers:read' },
      JSON.stringify(scope),
    )
  }
  t.equal(await statusOf(await tokenOf(es, NOW, { aud: ['another', AUDIENCE] })), 200, 'one of several audiences')
  t.equal(await statusOf(await tokenOf(es, NOW, { client_id: undefined, azp: 'console' })), 200)
})

const typed = async (...types: unknown[]) =>
  await Promise.all(types.map(async typ => await tokenOf(es, NOW, {}, typ === undefined ? {} : { typ })))

t.test('a token says in its header that it is an access token, in the word that is set', async t => {
  const strict = await serviceWith(provider, {}, { token_type: 'at+jwt' })
  for (const token of await typed('at+jwt', 'application/at+jwt', 'AT+JWT')) t.equal(await strict.statusOf(token), 200)
  for (const token of await typed('JWT', 'id+jwt', 'dpop+jwt', 'logout+jwt', '', 7, null, ['at+jwt'], undefined))
    t.equal(await strict.statusOf(token), 401)
  const plain = await serviceWith(provider, {}, { token_type: 'JWT' })
  for (const token of await typed('JWT', 'jwt')) t.equal(await plain.statusOf(token), 200)
  for (const token of await typed('at+jwt', undefined)) t.equal(await plain.statusOf(token), 401)
  const any = await serviceWith(provider, {}, { token_type: null })
  for (const token of await typed('at+jwt', 'JWT', undefined)) t.equal(await any.statusOf(token), 200)
})

t.test('a token that only the holder of a key may use is no bearer token', async t => {
  for (const cnf of [{ jkt: 'x' }, { 'x5t#S256': 'x' }, { jwk: es.jwk }, {}, null, 'x', false])
    t.equal(await statusOf(await tokenOf(es, NOW, { cnf })), 401, JSON.stringify(cnf))
  t.ok(reasons.includes('cnf'))
  t.equal(
    (await ask('x', 'GET', '/v1/customers', undefined, { authorization: `DPoP ${await tokenOf(es, NOW)}` })).statusCode,
    401,
  )
})

t.test('claims may have other names', async t => {
  const { statusOf } = await serviceWith(provider, {}, { scope_claim: 'scp', subject_claim: 'uid' })
  t.equal(
    await statusOf(
      await tokenOf(es, NOW, { scp: ['customers:read'], scope: undefined, uid: '00u1', sub: 'yamada@example.co.jp' }),
    ),
    200,
  )
  t.equal(await statusOf(await tokenOf(es, NOW, { scp: ['customers:read'] })), 401)
})

t.test("whatever is wrong with a token, it is nobody's", async t => {
  const [good, without] = [await tokenOf(es, NOW), await ask('x')]
  const [header, payload, signature] = good.split('.') as [string, string, string]
  const stranger = await signingKey('es-1')
  const pem = createPublicKey({ key: rs.jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' })
  const symmetric = (kid: string, secret: string | Buffer): string => {
    const signed = `${base64url({ alg: 'HS256', kid })}.${payload}`
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
  }
  const anotherPayload = {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: 'boss',
    client_id: 'console',
    scope: 'customers:read',
    exp: seconds + 300,
  }
  const criticalHeader = { alg: 'ES256', kid: 'es-1', crit: ['b64'], b64: false }
  const wrong: Record<string, string> = {
    'alg none': `${base64url({ alg: 'none' })}.${payload}.`,
    'alg none with a signature': `${base64url({ alg: 'none', kid: 'es-1' })}.${payload}.${signature}`,
    'HS256 with the public key as PEM': symmetric('rs-1', pem),
    'HS256 with the public key as JWK': symmetric('rs-1', JSON.stringify(rs.jwk)),
    'HS256 with its modulus': symmetric('rs-1', Buffer.from(rs.jwk.n!, 'base64url')),
    'the signature of another key': await tokenOf(stranger, NOW),
    'no signature': `${header}.${payload}.AA`,
    'another payload': `${header}.${base64url(anotherPayload)}.${signature}`,
    'the algorithm of another key': `${base64url({ alg: 'RS256', kid: 'es-1' })}.${payload}.${signature}`,
    'a header that must be understood': `${base64url(criticalHeader)}.${payload}.${signature}`,
    'a key id that nobody knows': await tokenOf({ ...es, kid: 'unknown' }, NOW),
    'of another issuer': await tokenOf(es, NOW, { iss: 'https://evil.example.com/' }),
    'without an issuer': await tokenOf(es, NOW, { iss: undefined }),
    'for somebody else': await tokenOf(es, NOW, { aud: 'another' }),
    'for nobody': await tokenOf(es, NOW, { aud: undefined }),
    expired: await tokenOf(es, NOW, { exp: seconds - 11 }),
    'without an end': await tokenOf(es, NOW, { exp: undefined }),
    'with an end in words': await tokenOf(es, NOW, { exp: 'never' }),
    'of tomorrow': await tokenOf(es, NOW, { nbf: seconds + 11 }),
    'without a client': await tokenOf(es, NOW, { client_id: undefined }),
    'with a client that is no text': await tokenOf(es, NOW, { client_id: { a: 1 } }),
    'without a subject': await tokenOf(es, NOW, { sub: undefined }),
    'with an address for a subject': await tokenOf(es, NOW, { sub: 'yamada@example.co.jp' }),
    'with a name for a subject': await tokenOf(es, NOW, { sub: '山田 太郎' }),
    'no token': 'a.b.c',
  }
  reasons.length = 0
  for (const [name, token] of Object.entries(wrong)) {
    const { statusCode, headers, body } = await ask(token)
    t.same(
      [statusCode, headers['www-authenticate'], JSON.parse(body).detail],
      [401, without.headers['www-authenticate'], without.json().detail],
      name,
    )
  }
  t.equal(reasons.length, Object.keys(wrong).length, 'each for a reason that whoever runs the service is told')
  t.same(
    [
      'ERR_JWT_EXPIRED exp',
      'ERR_JWT_CLAIM_VALIDATION_FAILED aud',
      'ERR_JOSE_ALG_NOT_ALLOWED',
      'ERR_JWKS_NO_MATCHING_KEY',
      'no opaque client and subject',
    ].filter(reason => !reasons.includes(reason)),
    [],
  )
  t.notMatch(reasons.join(), /yamada|山田|evil/, 'and nothing of the token itself')
})

t.test('clocks may differ by ten seconds, and no more', async t => {
  for (const claims of [{ exp: seconds - 9 }, { nbf: seconds + 10 }])
    t.equal(await statusOf(await tokenOf(es, NOW, claims)), 200, JSON.stringify(claims))
})

t.test(
  "history records the client, and the person by the opaque subject; another person's idempotency keys are another's",
  async t => {
    const token = await tokenOf(es, NOW, { scope: 'customers:write clients:manage' })
    t.equal(
      (await ask(token, 'PUT', '/v1/customers/by-person', { name: '株式会社記録' }, { 'request-id': 'by-person' }))
        .statusCode,
      201,
    )
    t.match(await historyOf(database, 'by-person'), [{ actor: 'oauth:console' }])
    const client = { name: 'x', scopes: ['customers:write'] }
    const created = await ask(token, 'POST', '/v1/api-clients', client, { 'idempotency-key': 'persons-own' })
    const { client_id } = created.json()
    t.match((await call('GET', `/v1/api-clients/${client_id}/history`)).body.items, [
      { event: 'api_client.created', client: 'oauth:console', on_behalf_of: '00u1a2b3c4' },
    ])
    t.match((await ask(token, 'POST', '/v1/api-clients', client, { 'idempotency-key': 'persons-own' })).json(), {
      client_id,
      key: null,
    })
    const colleague = await ask(
      await tokenOf(es, NOW, { scope: 'customers:write clients:manage', sub: '00u9z9z9z9' }),
      'POST',
      '/v1/api-clients',
      client,
      { 'idempotency-key': 'persons-own' },
    )
    t.equal(colleague.statusCode, 201)
    t.not(colleague.json().client_id, client_id)
    t.match((await call('PUT', '/v1/customers/by-person', { name: '株式会社記録2' })).status, 200)
  },
)

t.test('a service that is told of no provider takes no tokens', async t => {
  t.equal((await service.callAs(await tokenOf(es, NOW))('GET', '/v1/customers')).status, 401)
})

t.test(
  'keys come and go with the provider: a new one is found at its first token, a withdrawn one goes at the next look',
  async t => {
    const rotating = await identityProvider(t)
    rotating.publish(es)
    const { statusOf } = await serviceWith(rotating, { cooldown: 0, fresh_for: 50 })
    t.equal(await statusOf(await tokenOf(es, NOW)), 200)
    const next = await signingKey('es-2')
    rotating.publish(next)
    t.equal(await statusOf(await tokenOf(next, NOW)), 200)
    t.equal(await statusOf(await tokenOf(es, NOW)), 401)
    rotating.publish(es)
    await new Promise(resolve => setTimeout(resolve, 60))
    const before = rotating.requests()
    t.equal(
      await statusOf(await tokenOf(next, NOW)),
      200,
      'answered from what is known, which is looked at beside the request',
    )
    while (rotating.requests() === before) await new Promise(resolve => setTimeout(resolve, 5))
    while ((await statusOf(await tokenOf(next, NOW))) === 200) await new Promise(resolve => setTimeout(resolve, 5))
  },
)

t.test('a flood of unknown key ids asks the provider once, and each id once in a cooldown', async t => {
  const flooded = await identityProvider(t)
  flooded.publish(es)
  const { statusOf } = await serviceWith(flooded, { cooldown: 60_000, pause: 100 })
  t.equal(await statusOf(await tokenOf(es, NOW)), 200)
  const tokens = await Promise.all(
    Array.from({ length: 50 }, async (_, n) => await tokenOf({ ...es, kid: `unknown-${n}` }, NOW)),
  )
  for (let round = 0; round < 2; round++) {
    t.same(new Set(await Promise.all(tokens.map(statusOf))), new Set([401]))
    t.equal(flooded.requests(), 2)
  }
  const short = await serviceWith(flooded, { cooldown: 0, pause: 0 })
  for (const requests of [4, 5]) {
    t.equal(await short.statusOf(tokens[0]!), 401)
    t.equal(flooded.requests(), requests)
  }
})

t.test('the first token of a new key is accepted, however lately the keys were fetched', async t => {
  const rotating = await identityProvider(t)
  rotating.publish(es)
  const { statusOf } = await serviceWith(rotating, { pause: 100 })
  t.equal(await statusOf(await tokenOf(es, NOW)), 200)
  t.equal(await statusOf(await tokenOf({ ...es, kid: 'unknown' }, NOW)), 401)
  for (const kid of ['es-2', 'es-3', 'es-4']) {
    const next = await signingKey(kid)
    rotating.publish(es, next)
    t.equal(await statusOf(await tokenOf(next, NOW)), 200, kid)
  }
  t.equal(rotating.requests(), 5)
})

t.test('while the provider is away, known keys stay usable, and what cannot be told is 503', async t => {
  const away = await identityProvider(t)
  await away.goAway()
  const { ask, statusOf } = await serviceWith(away, { cooldown: 0, fresh_for: 0, timeout: 500 })
  const token = await tokenOf(es, NOW)
  t.match(await ask(token), { statusCode: 503, headers: { 'retry-after': /^\d+$/ } })
  t.match((await ask(token)).json(), { type: '/problems/unavailable', detail: /identity provider/ })
  t.equal(await statusOf('x'), 401, 'what is no token needs no provider')
  away.publish(es)
  await away.comeBack()
  t.equal(await statusOf(token), 200)
  const unknown = await tokenOf({ ...es, kid: 'unknown' }, NOW)
  t.equal(await statusOf(unknown), 401)
  await away.goAway()
  for (let asked = 0; asked < 3; asked++) t.equal(await statusOf(token), 200)
  t.equal(await statusOf(unknown), 503)
  t.equal(
    await statusOf(await tokenOf(await signingKey('es-1'), NOW)),
    401,
    'a wrong signature is wrong whoever is away',
  )
  await away.comeBack()
  for (const [status, body] of [
    [500, '{"keys":[]}'],
    [200, 'not JSON'],
    [200, '{}'],
    [302, '{"keys":[]}'],
  ] as const) {
    away.answer(status, body)
    t.equal(await statusOf(token), 200, `${status} ${body}`)
    t.equal(await statusOf(unknown), 503)
  }
})
