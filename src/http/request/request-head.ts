import type { FastifyReply, FastifyRequest } from 'fastify'
import type { HttpFacts } from '#http/problems/facts-by-type.ts'
import { HttpProblem, invalidRequest } from '#http/problems/http-problem.ts'
import { LONGEST_ACCEPT_LANGUAGE } from '#http/problems/language.ts'

/** The longest URL that is taken, in bytes: a little above the 8,000 that RFC 9110 §4.1 asks for. */
const URL_LIMIT = 8192

/** How many header fields are taken. */
const FIELDS_LIMIT = 100

export const URL_TOO_LONG: HttpFacts = { type: 'uri-too-long', limit_bytes: URL_LIMIT }

/** Header fields that a request has once. Of two, one program reads the first and another the last. */
const SINGLE_FIELDS = [
  'host',
  'authorization',
  'content-type',
  'content-length',
  'transfer-encoding',
  'idempotency-key',
  'origin',
] as const

const VERSIONS: ReadonlySet<string> = new Set(['1.0', '1.1'])

// RFC 9110 §7.2: a host and perhaps a port, without a user and without white space.
const HOST = /^(?:[A-Za-z0-9_][A-Za-z0-9._-]*|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/

/**
 * Refuses a request by its head alone: a URL that is too long, too many header fields, an Accept-Language that is too
 * long, HTTP/1.1 without a Host (RFC 9112 §3.2), and what a proxy before the service might read in another way. After
 * such a head the connection closes, because the next request might begin elsewhere too.
 */
export async function assertHead({ raw, headers, url }: FastifyRequest, reply: FastifyReply): Promise<void> {
  const ambiguous = ambiguousField(raw)
  if (ambiguous !== undefined) {
    void reply.header('connection', 'close')
    throw invalidRequest({ in: 'header', pointer: `#/${ambiguous}`, code: 'ambiguous-head' })
  }
  if (isTooLong(url)) throw new HttpProblem(URL_TOO_LONG)
  if (raw.rawHeaders.length > FIELDS_LIMIT * 2)
    throw new HttpProblem({ type: 'header-fields-too-large', most_fields: FIELDS_LIMIT })
  if ((headers['accept-language']?.length ?? 0) > LONGEST_ACCEPT_LANGUAGE)
    throw new HttpProblem({ type: 'header-fields-too-large' })
  if (raw.httpVersion === '1.1' && headers.host === undefined)
    throw invalidRequest({ in: 'header', pointer: '#', code: 'host-required' })
}

// RFC 9112 §3.2.2: a proxy's form of the request target, which names a host too.
const ABSOLUTE = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i

/** The field of a head that two programs may read in two ways; undefined for a clear head. */
function ambiguousField({ rawHeaders, headers, httpVersion, url = '' }: FastifyRequest['raw']): string | undefined {
  if (!VERSIONS.has(httpVersion)) return ''
  const { host, 'transfer-encoding': coding } = headers
  if (host !== undefined && !HOST.test(host)) return 'host'
  const named = ABSOLUTE.exec(url)?.[1]
  if (host !== undefined && named !== undefined && named.toLowerCase() !== host.toLowerCase()) return 'host'
  if (coding !== undefined && (httpVersion === '1.0' || coding.toLowerCase() !== 'chunked')) return 'transfer-encoding'
  const names = rawHeaders.filter((_, index) => index % 2 === 0).map(name => name.toLowerCase())
  return SINGLE_FIELDS.find(field => names.indexOf(field) !== names.lastIndexOf(field))
}

/** Whether a URL is longer than the service reads (414). */
export function isTooLong(url: string): boolean {
  return url.length > URL_LIMIT
}
