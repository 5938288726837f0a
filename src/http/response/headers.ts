import type { FastifyInstance } from 'fastify'

/** What every answer may depend on. One that holds texts for people depends on their language too. */
export const VARY = 'accept, authorization'

/**
 * The headers of every answer: the request's id, what caches may do, and those that security asks for. Answers about people are kept nowhere;
 * others may be kept by the caller and are asked for again with their entity tag.
 */
export function addHeaders(app: FastifyInstance, security: Record<string, string>): void {
  app.addHook('onRequest', async (request, reply) => {
    const { personal = false, cache } = request.routeOptions.config
    reply.headers({
      'request-id': request.id,
      'cache-control': cache ?? (personal ? 'private, no-store' : 'private, no-cache'),
      vary: VARY,
      ...security,
    })
  })
}
