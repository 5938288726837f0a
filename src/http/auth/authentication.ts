import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { apiKeyDigest } from '#domain/api-key.ts'
import { isAccessToken, type AuthenticateToken } from '#http/auth/access-tokens.ts'
import type { AuthenticateApiKey } from '#http/auth/api-key-credentials.ts'
import { HttpProblem } from '#http/problems/http-problem.ts'
import { ALL_SCOPES } from '#domain/scopes.ts'
import type { Authenticate, Client } from '#http/auth/client.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls. Only routes that need no scope have none. */
    client: Client | null
  }
}

const BEARER = /^Bearer +([\x21-\x7e]{1,8192})$/i

/** Lets a client in that shows a valid credential, within its limits; throws what stands in the way. */
export type Admit = (request: FastifyRequest, reply: FastifyReply) => Promise<Client>

/** The kinds of credentials that a service takes beside the root credential. */
export type Credentials = { admin_api_key: string; apiKey?: AuthenticateApiKey; token?: AuthenticateToken }

/** Knows the root credential, which may do everything. Compares digests in constant time. */
export function authenticateAdmin(admin_api_key: string): Authenticate {
  return authenticateBy({ admin_api_key })
}

/** Knows every credential that this service takes. All of them come as a bearer token, told apart by nothing but their form. */
export function authenticateBy({ admin_api_key, apiKey, token }: Credentials): Authenticate {
  const expected = Buffer.from(apiKeyDigest(admin_api_key))
  const admin: Client = { name: 'admin', credential: 'root', scopes: new Set(ALL_SCOPES) }
  return (credential, ip) => {
    const digest = apiKeyDigest(credential)
    if (timingSafeEqual(Buffer.from(digest), expected)) return admin
    if (token !== undefined && isAccessToken(credential)) return token(credential)
    return apiKey?.(credential, digest, ip)
  }
}

/**
 * Guards every route of a scope of the service: a route that declares no scope does not start, a request without a
 * valid credential gets 401 before anything else of it is looked at, one whose client lacks the scope 403.
 */
export function guardRoutes(app: FastifyInstance, admit: Admit): void {
  app.addHook('onRoute', route => {
    if (route.config?.scope === undefined) throw new Error(`${String(route.method)} ${route.url} declares no scope`)
  })
  app.addHook('onRequest', async (request, reply) => {
    const { scope } = request.routeOptions.config
    if (scope === null || scope === undefined) return
    request.client = await admit(request, reply)
    if (!request.client.scopes.has(scope)) {
      throw new HttpProblem({ type: 'forbidden', required_scope: scope })
    }
  })
}

/** What a request shows of who it is from, in the one place where that is looked for (RFC 6750 §2.1). */
export function credentialOf({ headers }: FastifyRequest): string | undefined {
  return BEARER.exec(headers.authorization ?? '')?.[1]
}

/** The client of a request, at once where that is known; throws, or rejects, where it shows no valid credential. */
export function authenticated(request: FastifyRequest, authenticate: Authenticate): Client | Promise<Client> {
  const credential = credentialOf(request)
  const client = credential === undefined ? undefined : authenticate(credential, request.ip)
  return client instanceof Promise ? client.then(known) : known(client)
}

/** One answer for whatever is wrong with a credential: it tells nothing of those that there are. */
function known(client: Client | undefined): Client {
  if (client === undefined) throw new HttpProblem({ type: 'unauthenticated' })
  return client
}
