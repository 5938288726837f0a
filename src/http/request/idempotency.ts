import { hash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import { canonicalJson } from '#http/request/canonical-json.ts'

type KeyedRequest = Pick<FastifyRequest, 'client' | 'headers' | 'method' | 'url' | 'body'>

/**
 * The request's `Idempotency-Key`, which is its client's own and that of the person who uses it, with a digest of
 * method, path and body; undefined without one. Bodies that are equal as JSON values have the same digest.
 */
export function idempotencyKeyOf({ client, headers, method, url, body }: KeyedRequest): IdempotencyKey | undefined {
  const key = headers['idempotency-key']
  if (typeof key !== 'string') return undefined
  return {
    client: [client?.name ?? '', ...(client?.on_behalf_of === undefined ? [] : [client.on_behalf_of])].join(' '),
    key,
    fingerprint: hash('sha256', canonicalJson([method, url, body]), 'base64url'),
  }
}

/** The outcome of a request that may be repeated. A header says that it is the first answer again. */
export function valueOf<T>(reply: FastifyReply, { value, replayed }: IdempotentOutcome<T>): T {
  if (replayed) void reply.header('idempotent-replayed', 'true')
  return value
}
