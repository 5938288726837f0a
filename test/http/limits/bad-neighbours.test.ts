import type { AddressInfo } from 'node:net'
import pino from 'pino'
import t from 'tap'
import { buildApp } from '#app.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import type { Scope } from '#domain/api-clients/scopes.ts'
import { apiKeyOf } from '#domain/api-clients/api-key.ts'
import { authenticateTokens } from '#http/auth/access-tokens.ts'
import { authenticateApiKeys } from '#http/auth/api-key-credentials.ts'
import { authenticateBy } from '#http/auth/credentials.ts'
import { remoteJwks } from '#http/auth/jwks.ts'
import { createClient } from '../../helpers/api-clients.ts'
import { AUDIENCE, identityProvider, ISSUER, signingKey, tokenOf } from '../../helpers/identity-provider.ts'
import { ADMIN_KEY, NETWORK_OF_TESTS, testService } from '../../helpers/test-service.ts'

const MOST_FAILURES = 3
const SCOPES: Scope[] = ['customers:read']

const { call, clock, context } = await testService(t)
const key = await signingKey('es-1')
const stranger = await signingKey('es-1')
const provider = await identityProvider(t)
provider.publish(key)

/** A process of the service that has just started, on a port of this machine: every client has the same address. */
async function startedProcess(on: ActionContext = context) {
  const token = authenticateTokens(
    { issuer: ISSUER, audience: AUDIENCE, scope_claim: 'scope', subject_claim: 'sub', names_requester: false },
    remoteJwks({ url: provider.url }),
    on,
    () => {},
  )
  const authenticate = authenticateBy({ admin_api_key: ADMIN_KEY, apiKey: authenticateApiKeys(on, 'dev'), token })
  const network = { ...NETWORK_OF_TESTS, failed_authentications: MOST_FAILURES }
  const app = await buildApp({ context: on, authenticate, logger: pino({ level: 'silent' }), network })
  t.teardown(async () => {
    await app.close()
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  return async (authorization: string): Promise<number> =>
    (await fetch(`${origin}/v1/customers?limit=1`, { headers: { authorization } })).status
}

const expired = await createClient(call, SCOPES, { expires_at: '2026-04-01T01:00:00Z' })
const elsewhere = await createClient(call, SCOPES, { ip_ranges: ['203.0.113.7'] })
const good = await createClient(call, SCOPES)
clock.set('2026-04-01T02:00:00.000Z')
const now = clock.now()

const BAD = {
  'no bearer token': 'Basic dXNlcjpwYXNz',
  'another scheme of token': 'Bearer',
  'a made-up text': 'Bearer made-up',
  'a key that no client has': `Bearer ${apiKeyOf('dev', Buffer.alloc(32, 7))}`,
  'a key with an end that has passed': `Bearer ${expired.key}`,
  'a key from outside its ranges': `Bearer ${elsewhere.key}`,
  'a token that another signed': `Bearer ${await tokenOf(stranger, now)}`,
  'a token that has expired': `Bearer ${await tokenOf(key, '2026-03-01T00:00:00.000Z')}`,
}

/** Credentials that no process has seen yet, but for the root credential. */
async function goodCredentials(jti: string): Promise<Record<string, string>> {
  return {
    'a token': `Bearer ${await tokenOf(key, now, { jti })}`,
    'a key': `Bearer ${(await createClient(call, SCOPES)).key}`,
    'the root credential': `Bearer ${ADMIN_KEY}`,
  }
}

t.test('no neighbour at the same address locks out a valid credential, however many bad ones it sends', async t => {
  const first = await startedProcess()
  const refusals: number[] = []
  for (let round = 0; round < 8; round++)
    for (const [what, authorization] of Object.entries(BAD)) {
      const status = await first(authorization)
      refusals.push(status)
      t.ok(status === 401 || status === 429, what)
    }
  t.same(refusals.slice(0, MOST_FAILURES), [401, 401, 401])
  t.same(new Set(refusals.slice(MOST_FAILURES)), new Set([429]), 'the failures themselves are limited')
  for (const [which, ask] of Object.entries({ first, 'after a restart': await startedProcess() }))
    for (const [what, authorization] of Object.entries(await goodCredentials(which))) {
      t.equal(await ask(authorization), 200, `${what}, ${which}`)
      t.equal(await ask(BAD['a made-up text']), 429, `and a bad one is still refused, ${which}`)
    }
})

t.test('a valid credential is no failure, however often it is sent', async t => {
  const { context: empty, call: callEmpty } = await testService(t)
  const ask = await startedProcess(empty)
  const { key: only } = await createClient(callEmpty, SCOPES)
  for (let i = 0; i < 4 * MOST_FAILURES; i++) t.equal(await ask(`Bearer ${only}`), 200)
  t.equal(await ask(`Bearer ${good.key}`), 401, 'the key of another registry is the first failure')
})
