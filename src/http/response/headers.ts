import type { FastifyInstance } from 'fastify'

/** The request headers that answers depend on. An answer with texts for people also depends on their language. */
export const VARY = 'accept, authorization'

/**
 * Adds the headers of every answer: the request's id, caching and security. No cache keeps answers about people;
 * clients may keep other answers, and ask with the entity tag whether they are still current.
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
