import type { FastifyReply } from 'fastify'
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import { HttpProblem } from '#http/problems/http-problem.ts'
import type { RatePolicy } from '#http/problems/facts-by-type.ts'

/** The window of every policy. */
const RATE_WINDOW_SECONDS = 60

/** Counts a request, and refuses it above the limit. The headers of each answer say how many more are accepted. */
export type CountRequest = (key: string, reply: FastifyReply) => Promise<void>

/**
 * Counts requests by client or address, `most` in a minute, in the memory of this process, because a database would
 * cost more than the counted requests do. Each process counts for itself.
 */
export function requestCounter(policy: RatePolicy, most: number): CountRequest {
  const limiter = new RateLimiterMemory({ points: most, duration: RATE_WINDOW_SECONDS, keyPrefix: '' })
  const stated = statedPolicy(policy, most)
  return async (key, reply) => {
    try {
      const { remainingPoints, msBeforeNext } = await limiter.consume(key)
      void reply
        .header('ratelimit-policy', stated)
        .header('ratelimit', `"${policy}";r=${remainingPoints};t=${secondsOf(msBeforeNext)}`)
    } catch (refusal) {
      if (refusal instanceof Error) throw refusal
      throw rateLimited(policy, most, secondsOf((refusal as RateLimiterRes).msBeforeNext), reply)
    }
  }
}

/** Counts several things that one request looks up, and refuses it above the limit. Other answers do not say it. */
export type CountLookups = (key: string, lookups: number, reply: FastifyReply) => Promise<void>

/** Counts what clients look up, `most` in a minute, as `requestCounter` counts requests. */
export function lookupCounter(policy: RatePolicy, most: number): CountLookups {
  const limiter = new RateLimiterMemory({ points: most, duration: RATE_WINDOW_SECONDS, keyPrefix: '' })
  return async (key, lookups, reply) => {
    const refusal = await limiter.consume(key, lookups).then(() => undefined, asRefusal)
    if (refusal !== undefined) throw rateLimited(policy, most, secondsOf(refusal.msBeforeNext), reply)
  }
}

/** The library refuses by a rejection that is no error. */
function asRefusal(refusal: unknown): RateLimiterRes {
  if (refusal instanceof Error) throw refusal
  return refusal as RateLimiterRes
}

/** The problem of a request above the limit, and its header fields (draft-ietf-httpapi-ratelimit-headers). */
export function rateLimited(policy: RatePolicy, most: number, retry_after: number, reply: FastifyReply): HttpProblem {
  void reply
    .header('ratelimit-policy', statedPolicy(policy, most))
    .header('ratelimit', `"${policy}";r=0;t=${retry_after}`)
  return new HttpProblem({ type: 'rate-limited', policy, retry_after })
}

function statedPolicy(policy: RatePolicy, most: number): string {
  return `"${policy}";q=${most};w=${RATE_WINDOW_SECONDS}`
}

function secondsOf(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / 1000))
}
