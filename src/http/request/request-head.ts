import type { FastifyRequest } from 'fastify'
import type { HttpFacts } from '#http/problems/facts-by-type.ts'
import { HttpProblem, invalidRequest } from '#http/problems/http-problem.ts'
import { LONGEST_ACCEPT_LANGUAGE } from '#http/problems/language.ts'

/** The longest URL that is taken, in bytes: a little above the 8,000 that RFC 9110 §4.1 asks for. */
const URL_LIMIT = 8192

/** How many header fields are taken. */
const FIELDS_LIMIT = 100

export const URL_TOO_LONG: HttpFacts = { type: 'uri-too-long', limit_bytes: URL_LIMIT }

/**
 * Refuses a request by its head alone: a URL that is too long, too many header fields, an Accept-Language that is too
 * long, or HTTP/1.1 without a Host (RFC 9112 §3.2).
 */
export async function assertHead({ raw, headers, url }: FastifyRequest): Promise<void> {
  if (isTooLong(url)) throw new HttpProblem(URL_TOO_LONG)
  if (raw.rawHeaders.length > FIELDS_LIMIT * 2)
    throw new HttpProblem({ type: 'header-fields-too-large', most_fields: FIELDS_LIMIT })
  if ((headers['accept-language']?.length ?? 0) > LONGEST_ACCEPT_LANGUAGE)
    throw new HttpProblem({ type: 'header-fields-too-large' })
  if (raw.httpVersion === '1.1' && headers.host === undefined)
    throw invalidRequest({ in: 'header', pointer: '#', code: 'host-required' })
}

export function isTooLong(url: string): boolean {
  return url.length > URL_LIMIT
}
