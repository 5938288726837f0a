import type { FastifyRequest } from 'fastify'
import type { Requester } from '#domain/requester.ts'
import type { Rights } from '#domain/rights.ts'

/** Who asks, for the record. */
export function requesterOf({ client, id }: Pick<FastifyRequest, 'client' | 'id'>): Requester {
  return {
    actor: client?.name ?? 'anonymous',
    request_id: id,
    ...(client?.on_behalf_of !== undefined && { on_behalf_of: client.on_behalf_of }),
  }
}

/** Who calls, and what it may do now: for work that is done later with the caller's rights. */
export function rightsOf({ client }: Pick<FastifyRequest, 'client'>): Rights {
  if (client === null) throw new Error('the route needs a scope')
  const { name, credential, scopes, on_behalf_of = null } = client
  return { authority: { client: name, credential, on_behalf_of }, scopes }
}
