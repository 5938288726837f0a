import { createHmac, createPublicKey } from 'node:crypto'
import t from 'tap'
import { historyOf } from '../../helpers/history.ts'
import { AUDIENCE, identityProvider, ISSUER, signingKey, tokenOf } from '../../helpers/identity-provider.ts'
import { testService } from '../../helpers/test-service.ts'
import { tokenService } from './token-service.ts'

const service = await testService(t)
const { call, clock, context, database } = service
const NOW = clock.now()
const seconds = Date.parse(NOW) / 1000
const es = await signingKey('es-1')
const rs = await signingKey('rs-1', 'RS256')
const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Why tokens were refused, as the service's log has it. */
const reasons: string[] = []

const provider = await identityProvider(t)
provider.publish(es, rs)
const { ask, statusOf } = await tokenService(t, context, provider, { reasons })

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
  const strict = await tokenService(t, context, provider, { claims: { token_type: 'at+jwt' } })
  for (const token of await typed('at+jwt', 'application/at+jwt', 'AT+JWT')) t.equal(await strict.statusOf(token), 200)
  for (const token of await typed('JWT', 'id+jwt', 'dpop+jwt', 'logout+jwt', '', 7, null, ['at+jwt'], undefined))
    t.equal(await strict.statusOf(token), 401)
  const plain = await tokenService(t, context, provider, { claims: { token_type: 'JWT' } })
  for (const token of await typed('JWT', 'jwt')) t.equal(await plain.statusOf(token), 200)
  for (const token of await typed('at+jwt', undefined)) t.equal(await plain.statusOf(token), 401)
  const any = await tokenService(t, context, provider, { claims: { token_type: null } })
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
  const { statusOf } = await tokenService(t, context, provider, {
    claims: { scope_claim: 'scp', subject_claim: 'uid' },
  })
  t.equal(
    await statusOf(
      await tokenOf(es, NOW, { scp: ['customers:read'], scope: undefined, uid: '00u1', sub: 'yamada@example.co.jp' }),
    ),
    200,
  )
  t.equal(await statusOf(await tokenOf(es, NOW, { scp: ['customers:read'] })), 401)
})

t.test("a token with any fault is no client's", async t => {
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
    'a key id that the provider does not know': await tokenOf({ ...es, kid: 'unknown' }, NOW),
    'of another issuer': await tokenOf(es, NOW, { iss: 'https://evil.example.com/' }),
    'without an issuer': await tokenOf(es, NOW, { iss: undefined }),
    'for another person': await tokenOf(es, NOW, { aud: 'another' }),
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
  t.equal(reasons.length, Object.keys(wrong).length, 'each for a reason that the operator can read')
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

t.test('a service that knows no provider takes no tokens', async t => {
  t.equal((await service.callAs(await tokenOf(es, NOW))('GET', '/v1/customers')).status, 401)
})
