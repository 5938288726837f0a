import type { FastifyInstance } from 'fastify'
import type { WorkPace } from '#actions/support/work-pace.ts'

/**
 * Counts the requests that work in the background gives way to. Requests about imports are that work, and callers ask
 * every second how far it is; health checks are answered in any case.
 */
export function countRequests(app: FastifyInstance, pace: WorkPace): void {
  app.addHook('onRequest', (request, reply, done) => {
    const { config, url = '' } = request.routeOptions
    if (config.probe !== true && !url.startsWith('/v1/imports')) reply.raw.once('close', pace.beginRequest())
    done()
  })
}
