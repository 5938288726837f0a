import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { credentialHintOf } from '#http/auth/authentication.ts'
import { networkOf } from '#http/limits/client-address.ts'
import { traceId } from '#http/request/request-id.ts'

/**
 * Logs one line for each request, with its id, and never its URL, body or headers, which may name people. A client that
 * reads, checks or changes people leaves a line at every log level (R31, R40), and so does a refused credential.
 */
export function logRequests(app: FastifyInstance, logs_people: boolean): void {
  const always: FastifyBaseLogger = app.log.child({}, { level: 'info' })
  app.addHook('onResponse', async (request, reply) => {
    const { probe = false, personal = false } = request.routeOptions.config
    const line = lineOf(request, reply)
    if ((personal && logs_people) || isRefusedCredential(request, reply))
      always.info({ request_id: request.id, ...line }, 'request')
    else request.log[probe ? 'debug' : 'info'](line, 'request')
  })
}

function lineOf(request: FastifyRequest, reply: FastifyReply): object {
  const { client, method, routeOptions } = request
  return {
    trace_id: traceId(request),
    client: client?.name,
    on_behalf_of: client?.on_behalf_of,
    method,
    route: routeOptions.url,
    ...(routeOptions.config.personal === true && reply.statusCode < 400 && { path: request.params }),
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime * 10) / 10,
    ...(isRefusedCredential(request, reply) && {
      network: networkOf(request.ip),
      credential: credentialHintOf(request),
    }),
  }
}

/** Whether a request was refused for want of a valid credential, or because its address has sent too many others. */
function isRefusedCredential({ client, headers }: FastifyRequest, { statusCode }: FastifyReply): boolean {
  if (client !== null) return false
  return statusCode === 401 || (statusCode === 429 && headers.authorization !== undefined)
}
