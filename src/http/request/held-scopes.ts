import type { FastifyRequest } from 'fastify'

/** The scopes of the caller: all that it can give. */
export function heldBy({ client }: FastifyRequest): ReadonlySet<string> {
  return client?.scopes ?? new Set()
}
