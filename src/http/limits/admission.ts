import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { NetworkConfig } from '#config/network-config.ts'
import type { Db } from '#db/driver/database.ts'
import { failedAuthentications, type FailedAuthentications } from '#db/api-clients/failed-authentications.ts'
import { authenticated, type Admit } from '#http/auth/authentication.ts'
import { countedAddress } from '#http/limits/client-address.ts'
import { HttpProblem } from '#http/problems/http-problem.ts'
import {
  lookupCounter,
  rateLimited,
  requestCounter,
  type CountLookups,
  type CountRequest,
} from '#http/limits/rate-limits.ts'
import type { Authenticate } from '#http/auth/client.ts'

export type RateLimits = Pick<
  NetworkConfig,
  'client_requests' | 'address_requests' | 'failed_authentications' | 'confirmation_domains'
>

/** The counters of requests, which the whole process shares. */
export type Counters = {
  client: CountRequest
  address: CountRequest
  confirmations: CountLookups
  failures: FailedAuthentications
  most_failures: number
}

/** The counters of requests, of lookups and of failed authentications, with the limits that the configuration sets. */
export function requestCounters(
  { client_requests, address_requests, failed_authentications, confirmation_domains }: RateLimits,
  database: Db,
): Counters {
  return {
    client: requestCounter('default', client_requests),
    address: requestCounter('anonymous', address_requests),
    confirmations: lookupCounter('confirmations', confirmation_domains),
    failures: failedAuthentications(database, failed_authentications),
    most_failures: failed_authentications,
  }
}

/**
 * Authentication within the limits. The service verifies a credential before it looks at any count of the address: a
 * client with a valid one is counted for itself alone, whatever other clients behind the same address or proxy send.
 * Any other request is counted for its address, and an invalid credential as a failure, by all processes together.
 */
export function admission(
  authenticate: Authenticate,
  { client: countClient, address: countAddress, failures, most_failures }: Counters,
): Admit {
  return async (request, reply) => {
    try {
      const claimed = authenticated(request, authenticate)
      const client = claimed instanceof Promise ? await claimed : claimed // saves a turn of the event loop
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
    if (request.headers.authorization === undefined) return
    const seconds = await failures.count(address)
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
  const [path = ''] = url.replace(/^https?:\/\/[^/?]*/i, '').split('?', 1)
  return /^\/v1(?:\/|$)/.test(decoded(path))
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** If a proxy forwards a text that is no address, the service counts the request for the proxy's own address. */
function addressOf({ ip, socket }: FastifyRequest): string {
  return countedAddress(ip) ?? countedAddress(socket.remoteAddress) ?? 'unknown'
}

function isUnauthenticated(error: unknown): boolean {
  return error instanceof HttpProblem && error.facts.type === 'unauthenticated'
}
