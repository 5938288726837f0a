import type { IncomingMessage } from 'node:http'
import { v7 as uuidv7 } from 'uuid'
import { idBytes } from '#new-id.ts'

// `job-` begins the ids of jobs: with one, a caller could pass a change off as the service's own.
const WELL_FORMED = /^(?!job-)[A-Za-z0-9._:+/=-]{1,64}$/i
// W3C Trace Context, https://www.w3.org/TR/trace-context/#traceparent-header
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/

/** The client's request id where it is well formed, else a new id. */
export function requestId({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['request-id']
  return typeof given === 'string' && WELL_FORMED.test(given) ? given : uuidv7({ random: idBytes() })
}

/** The trace that a request belongs to, for the log; undefined without a well-formed `traceparent`. */
export function traceId({ headers }: Pick<IncomingMessage, 'headers'>): string | undefined {
  const given = headers['traceparent']
  return typeof given === 'string' ? TRACEPARENT.exec(given)?.[1] : undefined
}
