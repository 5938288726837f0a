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

/** The counters of requests, which the whole process shares. */
export type Counters = {
  client: CountRequest
  address: CountRequest
  failures: FailedAuthentications
  most_failures: number
}

const MOST_KNOWN = 1000 // credentials that were valid lately

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
 * Authentication within the limits. A request with a valid key is counted for its client, any other for its address,
 * and invalid keys are counted by all processes together. An address that has sent too many of them is refused, but for
 * keys that were valid here before: other clients behind the same address or proxy can go on.
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
      const client = claimed instanceof Promise ? await claimed : claimed // saves a turn of the event loop
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

/** Counts requests to open routes for their address. Health checks of the platform are not counted. */
export function countAnonymous(app: FastifyInstance, { address }: Counters): void {
  app.addHook('onRequest', async (request, reply) => {
    const { scope, probe = false } = request.routeOptions.config
    const is_open = !probe && (scope ?? null) === null
    if (is_open && !isBelowApi(request)) await address(addressOf(request), reply)
  })
}

/** Whether a path needs a key, also where no route is there: as the router reads it, decoded and without its origin. */
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

/** Where a proxy forwards a text that is no address, the request is counted for the proxy's own address. */
function addressOf({ ip, socket }: FastifyRequest): string {
  return countedAddress(ip) ?? countedAddress(socket.remoteAddress) ?? 'unknown'
}

function isUnauthenticated(error: unknown): boolean {
  return error instanceof HttpProblem && error.facts.type === 'unauthenticated'
}

/** Remembers the digests of the credentials that were valid most recently. */
function remember(known: Set<string>, digest: string): void {
  known.delete(digest)
  if (known.size === MOST_KNOWN) known.delete(known.values().next().value!)
  known.add(digest)
}
