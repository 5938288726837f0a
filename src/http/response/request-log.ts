import type { FastifyInstance } from 'fastify'
import { traceId } from '#http/request/request-id.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the platform asks it every few seconds: then its log lines are for debugging. */
    probe?: boolean
  }
}

/** One line a request, under its id: never its URL, body or headers, which may name people. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const { client, method, routeOptions } = request
    request.log[routeOptions.config.probe === true ? 'debug' : 'info'](
      {
        trace_id: traceId(request),
        client: client?.name,
        method,
        route: routeOptions.url,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
      },
      'request',
    )
  })
}
