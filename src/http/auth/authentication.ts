import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hintOfText } from '#domain/api-clients/api-key.ts'
import { isAccessToken } from '#http/auth/access-tokens.ts'
import { HttpProblem } from '#http/problems/http-problem.ts'
import type { Authenticate, Client } from '#http/auth/client.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The client that calls; null only on routes that need no scope. */
    client: Client | null
  }
}

const BEARER = /^Bearer +([\x21-\x7e]{1,8192})$/i

/** Gives the client of a request that has a valid credential and is within the limits; throws the problem otherwise. */
export type Admit = (request: FastifyRequest, reply: FastifyReply) => Promise<Client>

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

/** The bearer token of a request, from its Authorization header alone (RFC 6750 §2.1). */
function credentialOf({ headers }: FastifyRequest): string | undefined {
  return BEARER.exec(headers.authorization ?? '')?.[1]
}

/**
 * What the log may hold of a credential: the first characters of an API key, by which its client is found, else only
 * what kind of text it is.
 */
export function credentialHintOf(request: FastifyRequest): string {
  const credential = credentialOf(request)
  if (credential === undefined) return request.headers.authorization === undefined ? 'none' : 'not a bearer token'
  return hintOfText(credential) ?? (isAccessToken(credential) ? 'access token' : 'another text')
}

/** The client of a request. Throws, or rejects, where the request has no valid credential. */
export function authenticated(request: FastifyRequest, authenticate: Authenticate): Client | Promise<Client> {
  const credential = credentialOf(request)
  const client = credential === undefined ? undefined : authenticate(credential, request.ip)
  return client instanceof Promise ? client.then(known) : known(client)
}

/** Each fault of a credential has the same answer, so that an answer says nothing about the credentials that exist. */
function known(client: Client | undefined): Client {
  if (client === undefined) throw new HttpProblem({ type: 'unauthenticated' })
  return client
}
