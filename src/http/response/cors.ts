import cors, { type FastifyCorsOptions } from '@fastify/cors'
import type { FastifyInstance, FastifyRequest } from 'fastify'

const PREFLIGHT_SECONDS = 600

const ALLOWED: FastifyCorsOptions = {
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  allowedHeaders: [
    'Authorization',
    'Content-Type',
    'If-Match',
    'If-None-Match',
    'Idempotency-Key',
    'Request-Id',
    'traceparent',
  ],
  exposedHeaders: [
    'Allow',
    'Content-Disposition',
    'Content-Language',
    'ETag',
    'Events-Cursor',
    'Idempotent-Replayed',
    'Link',
    'Location',
    'RateLimit',
    'RateLimit-Policy',
    'Request-Id',
    'Retry-After',
    'WWW-Authenticate',
  ],
  credentials: false,
  maxAge: PREFLIGHT_SECONDS,
}

/**
 * Lets web pages of these origins alone read answers (CORS, Fetch standard). A browser sends a preflight without a key,
 * so a preflight from a listed origin needs none. Requests from other origins are answered as without CORS.
 */
export async function allowOrigins(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return
  await app.register(cors, {
    delegator: (request: FastifyRequest, decided) => {
      const { origin } = request.headers
      const is_listed = origin !== undefined && origins.includes(origin)
      decided(null, {
        ...ALLOWED,
        origin: is_listed && origin,
        preflight: request.headers['access-control-request-method'] !== undefined,
      })
    },
  })
}
