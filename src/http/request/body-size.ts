import type { FastifyRequest } from 'fastify'

/** The largest body that is taken, in bytes. A roster of a thousand contacts fits, as it is answered. */
export const BODY_LIMIT = 1024 * 1024

const SMALL_BODY = 16 * 1024

/** Whether a body is large enough to be watched: many small ones come to little, because connections are limited. */
export function isLargeBody(request: FastifyRequest): boolean {
  return announcedBytes(request) > SMALL_BODY
}

/** How many bytes a body has by its head; in chunks it may be the largest that is taken. */
export function announcedBytes({ headers }: FastifyRequest): number {
  return headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : BODY_LIMIT
}
