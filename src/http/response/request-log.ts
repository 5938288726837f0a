import type { FastifyInstance } from 'fastify'
import { traceId } from '#http/request/request-id.ts'

/** Logs one line for each request, with its id, and never its URL, body or headers, which may name people. */
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
