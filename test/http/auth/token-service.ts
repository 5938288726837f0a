import pino from 'pino'
import { buildApp } from '#app.ts'
import { AUDIENCE, ISSUER, type IdentityProvider } from '../../helpers/identity-provider.ts'
import { NETWORK_OF_TESTS } from '../../helpers/test-service.ts'
import { authenticateTokens } from '#http/auth/access-tokens.ts'
import { authenticateApiKeys } from '#http/auth/api-key-credentials.ts'
import { authenticateBy } from '#http/auth/credentials.ts'
import { remoteJwks, type JwksOptions } from '#http/auth/jwks.ts'
import type { Test } from 'tap'
import type { LightMyRequestResponse } from 'fastify'
import type { ActionContext } from '#actions/support/action-context.ts'

type TokenService = {
  ask: (
    token: string,
    method?: string,
    url?: string,
    payload?: object,
    headers?: object,
  ) => Promise<LightMyRequestResponse>
  statusOf: (token: string) => Promise<number>
}

/** The service, with the tokens of a provider as well as API keys. `reasons` gets why tokens were refused. */
export async function tokenService(
  t: Test,
  context: ActionContext,
  provider: IdentityProvider,
  {
    options = {},
    claims = {},
    reasons = [],
  }: { options?: Partial<JwksOptions>; claims?: object; reasons?: string[] } = {},
): Promise<TokenService> {
  const names = {
    issuer: ISSUER,
    audience: AUDIENCE,
    scope_claim: 'scope',
    subject_claim: 'sub',
    names_requester: false,
  }
  const jwks = remoteJwks({ url: provider.url, ...options })
  const token = authenticateTokens({ ...names, ...claims }, jwks, context, reason => reasons.push(reason))
  const authenticate = authenticateBy({
    admin_api_key: 'x'.repeat(32),
    apiKey: authenticateApiKeys(context, 'dev'),
    token,
  })
  const app = await buildApp({ context, authenticate, logger: pino({ level: 'silent' }), network: NETWORK_OF_TESTS })
  t.teardown(async () => {
    await app.close()
  })
  const ask: TokenService['ask'] = async (token, method = 'GET', url = '/v1/customers', payload, headers = {}) =>
    await app.inject({
      method: method as 'GET',
      url,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(payload !== undefined && { payload }),
    })
  return { ask, statusOf: async token => (await ask(token)).statusCode }
}
