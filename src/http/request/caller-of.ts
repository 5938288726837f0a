import type { FastifyRequest } from 'fastify'
import type { Caller } from '#domain/caller.ts'
import type { Grantor } from '#domain/api-clients/grant.ts'
import type { Rights } from '#domain/api-clients/rights.ts'

/**
 * The client behind a request, as history records it. What it changes came directly, unless an action says otherwise.
 */
export function callerOf({ client, id }: Pick<FastifyRequest, 'client' | 'id'>): Caller {
  return {
    actor: client?.name ?? 'anonymous',
    request_id: id,
    source: 'direct',
    ...(client?.on_behalf_of !== undefined && { on_behalf_of: client.on_behalf_of }),
  }
}

/** The client and the scopes that it has now, for work that a job does later with the client's rights. */
export function rightsOf({ client }: Pick<FastifyRequest, 'client'>): Rights {
  if (client === null) throw new Error('the route needs a scope')
  const { name, credential, scopes, on_behalf_of = null } = client
  return { authority: { client: name, credential, on_behalf_of }, scopes }
}

/** The client behind a request, and what it can give to other clients. */
export function grantorOf(request: Pick<FastifyRequest, 'client'>): Grantor {
  return { ...rightsOf(request), ends_at: request.client?.ends_at ?? null }
}
