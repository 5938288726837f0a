import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Database } from '#db/driver/database.ts'
import { countEvents } from '#db/history/events.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The latest event before a list was read; null where the answer is no list. */
    events_cursor: number | null
  }
}

/**
 * R37: says with every list from which event on to follow its changes. It is taken before the list is read, so that a
 * change that the list does not show comes as an event.
 */
export function addEventsCursor(app: FastifyInstance, database: Database): void {
  app.decorateRequest('events_cursor', null)
  app.addHook('preHandler', async request => {
    if (isList(request)) request.events_cursor = await countEvents(database)
  })
  app.addHook('onSend', async (request, reply) => {
    if (request.events_cursor !== null && reply.statusCode === 200)
      void reply.header('events-cursor', String(request.events_cursor))
  })
}

function isList({ routeOptions }: FastifyRequest): boolean {
  return routeOptions.config.documented?.answers[200]?.headers?.includes('Events-Cursor') ?? false
}
