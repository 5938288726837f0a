import type { onSendHookHandler } from 'fastify'

/**
 * Two days, `YYYY-MM-DD` in UTC: from the first on, clients should move; from the second on, the operation may be gone.
 */
export type Deprecation = { since: string; sunset: string }

/**
 * Announces a deprecated operation in each of its answers: `Deprecation` (RFC 9745 §2), `Sunset` (RFC 8594 §3) and a
 * link to where it is explained. Throws where the sunset would come before the deprecation (RFC 9745 §4).
 */
export function announceDeprecation({ since, sunset }: Deprecation): onSendHookHandler {
  const [from, until] = [Date.parse(since), Date.parse(sunset)]
  if (!(from <= until)) throw new Error(`a sunset on ${sunset} comes before the deprecation on ${since}`)
  const headers = { deprecation: `@${from / 1000}`, sunset: new Date(until).toUTCString() }
  return async (_request, reply, payload) => {
    const links = [reply.getHeader('link') ?? [], '</conventions>; rel="deprecation"; type="text/html"'].flat()
    void reply.headers({ ...headers, link: links.join(', ') })
    return payload
  }
}
