import { hash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { EdgeProblem } from '#http/problem.ts'
import { ALL_SCOPES, type Authenticate, type Client, type Scope } from '#http/scopes.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls. Only routes that need no scope have none. */
    client: Client | null
  }
  interface FastifyContextConfig {
    /** The scope that the route needs; null where anybody may call. */
    scope?: Scope | null
  }
}

/** Lets a client in that shows a valid key, within its limits; throws what stands in the way. */
export type Admit = (request: FastifyRequest, reply: FastifyReply) => Promise<Client>

const BEARER = /^Bearer +([\x21-\x7e]{1,512})$/i

/** Knows the root credential, which may do everything. Compares digests in constant time. */
export function authenticateAdmin (admin_api_key: string): Authenticate {
  const expected = digest(admin_api_key)
  const admin: Client = { name: 'admin', scopes: new Set(ALL_SCOPES) }
  return token => timingSafeEqual(digest(token), expected) ? admin : undefined
}

/**
 * Guards every route of a scope of the service: a route that declares no scope does not start, a request without a
 * valid key gets 401 before anything else of it is looked at, one whose client lacks the scope 403.
 */
export function guardRoutes (app: FastifyInstance, admit: Admit): void {
  app.addHook('onRoute', route => {
    if (route.config?.scope === undefined) throw new Error(`${String(route.method)} ${route.url} declares no scope`)
  })
  app.addHook('onRequest', async (request, reply) => {
    const { scope } = request.routeOptions.config
    if (scope === null || scope === undefined) return
    request.client = await admit(request, reply)
    if (!request.client.scopes.has(scope)) {
      throw new EdgeProblem({ type: 'forbidden', detail: `This needs the scope ${scope}.`, required_scope: scope })
    }
  })
}

/** The client of a request; throws where it shows no valid key. */
export function authenticated (request: FastifyRequest, authenticate: Authenticate): Client {
  const { authorization } = request.headers
  if (authorization === undefined) throw new EdgeProblem({ type: 'unauthenticated', detail: 'Send the API key as "Authorization: Bearer <key>".' })
  const token = BEARER.exec(authorization)?.[1]
  const client = token === undefined ? undefined : authenticate(token)
  if (client === undefined) throw new EdgeProblem({ type: 'unauthenticated', detail: 'The API key in "Authorization: Bearer <key>" is not valid.' })
  return client
}

function digest (text: string): Buffer {
  return hash('sha256', text, 'buffer')
}
