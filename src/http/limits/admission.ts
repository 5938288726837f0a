import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { NetworkConfig } from '#config/network-config.ts'
import type { Db } from '#db/driver/database.ts'
import { failedAuthentications, type FailedAuthentications } from '#db/failed-authentications.ts'
import { apiKeyDigest } from '#domain/api-key.ts'
import { authenticated, credentialOf, type Admit } from '#http/auth/authentication.ts'
import { countedAddress } from '#http/limits/client-address.ts'
import { HttpProblem } from '#http/problems/http-problem.ts'
import { rateLimited, requestCounter, type CountRequest } from '#http/limits/rate-limits.ts'
import type { Authenticate } from '#http/auth/client.ts'

export type RateLimits = Pick<NetworkConfig, 'client_requests' | 'address_requests' | 'failed_authentications'>

/** What requests are counted by: one for the whole service. */
export type Counters = {
  client: CountRequest
  address: CountRequest
  failures: FailedAuthentications
  most_failures: number
}

const MOST_KNOWN = 1000

export function requestCounters(
  { client_requests, address_requests, failed_authentications }: RateLimits,
  database: Db,
): Counters {
  return {
    client: requestCounter('default', client_requests),
    address: requestCounter('anonymous', address_requests),
    failures: failedAuthentications(database, failed_authentications),
    most_failures: failed_authentications,
  }
}

/**
 * Authentication within the limits. A request with a valid key is counted for its client, one without for its address;
 * keys that are not valid besides, over all processes. While it cannot be told whether a key is valid, nothing is counted. From an address that has sent too many of those no key is
 * looked at any more, but for those that were valid here before: who shares an address with a guesser, or stands behind
 * the same proxy, is not shut out with them.
 */
export function admission(
  authenticate: Authenticate,
  { client: countClient, address: countAddress, failures, most_failures }: Counters,
): Admit {
  const known = new Set<string>()
  return async (request, reply) => {
    const credential = credentialOf(request)
    if (credential !== undefined && failures.areAnyBlocked() && !known.has(apiKeyDigest(credential)))
      refuse(failures.blockedFor(addressOf(request)), reply)
    try {
      const claimed = authenticated(request, authenticate)
      const client = claimed instanceof Promise ? await claimed : claimed // a turn of the loop less for nearly every request
      if (credential !== undefined) remember(known, apiKeyDigest(credential))
      await countClient(client.name, reply)
      return client
    } catch (error) {
      if (isUnauthenticated(error)) await countRefused(request, reply)
      throw error
    }
  }

  async function countRefused(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const address = addressOf(request)
    await countAddress(address, reply)
    if (request.headers.authorization !== undefined) refuse(await failures.count(address), reply)
  }

  function refuse(seconds: number, reply: FastifyReply): void {
    if (seconds > 0) throw rateLimited('failures', most_failures, seconds, reply)
  }
}

/** Counts what needs no key for its address. Whatever the platform asks to see whether the service lives is not counted. */
export function countAnonymous(app: FastifyInstance, { address }: Counters): void {
  app.addHook('onRequest', async (request, reply) => {
    const { scope, probe = false } = request.routeOptions.config
    const is_open = !probe && (scope ?? null) === null
    if (is_open && !isBelowApi(request)) await address(addressOf(request), reply)
  })
}

/** Whether a path is one that a key is needed for, also where nothing is there: as the router reads it, decoded and without an origin before it. */
export function isBelowApi({ url }: FastifyRequest): boolean {
  return /^\/v1(?:\/|$)/.test(decoded(url.replace(/^https?:\/\/[^/?]*/i, '').split('?', 1)[0]!))
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** An address that a proxy made up is counted as the proxy's own. */
function addressOf({ ip, socket }: FastifyRequest): string {
  return countedAddress(ip) ?? countedAddress(socket.remoteAddress) ?? 'unknown'
}

function isUnauthenticated(error: unknown): boolean {
  return error instanceof HttpProblem && error.facts.type === 'unauthenticated'
}

/** Digests of what was valid lately; what was not used for the longest time is forgotten where there are too many. */
function remember(known: Set<string>, digest: string): void {
  known.delete(digest)
  if (known.size === MOST_KNOWN) known.delete(known.values().next().value!)
  known.add(digest)
}
