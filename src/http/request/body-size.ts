import type { FastifyRequest } from 'fastify'

/** The largest body that is taken, in bytes. A roster of a thousand contacts fits, as it is answered. */
export const BODY_LIMIT = 1024 * 1024

const SMALL_BODY = 16 * 1024

/** Whether a body counts as large. Small bodies take little memory together, because connections are limited. */
export function isLargeBody(request: FastifyRequest): boolean {
  return announcedBytes(request) > SMALL_BODY
}

/** Whether the whole body has arrived. Only a socket sets `complete`; a request without one ends when it is read. */
export function hasArrived({ raw }: FastifyRequest): boolean {
  return raw.complete || raw.readableEnded
}

/** The length of a body in bytes, as its header says; a body in chunks may have the largest length. */
export function announcedBytes({ headers }: FastifyRequest): number {
  return headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : BODY_LIMIT
}
