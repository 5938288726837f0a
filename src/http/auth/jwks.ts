import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import { HttpProblem } from '#http/problems/http-problem.ts'

export type JwksOptions = {
  /** The JWKS document (RFC 7517) of the identity provider. */
  url: string
  /** The age in milliseconds at which the document is fetched again, so that withdrawn keys are no longer accepted. */
  fresh_for?: number
  /** The least time between two fetches, in milliseconds, however many unknown keys tokens name. */
  cooldown?: number
  /** The longest time that a fetch may take, in milliseconds. */
  timeout?: number
}

type KeySet = ReturnType<typeof createLocalJWKSet>

/**
 * The public keys of the identity provider, fetched when a token first needs one. Known keys stay valid while the
 * provider is away. For an unknown key id the document is fetched again, once in a cooldown. A token whose key is still
 * unknown is refused; while the document cannot be fetched, the answer is 503.
 */
export function remoteJwks({
  url,
  fresh_for = 600_000,
  cooldown = 10_000,
  timeout = 3_000,
}: JwksOptions): JWTVerifyGetKey {
  let keys: KeySet | undefined
  let fetched_at = -Infinity
  let tried_at = -Infinity
  let trying: Promise<void> | undefined

  const refetch = async (): Promise<void> => {
    tried_at = performance.now()
    keys = createLocalJWKSet(await fetchKeys(url, timeout))
    fetched_at = tried_at
  }
  /** Fetches the document again, not within the cooldown. Requests that ask during a fetch wait for it. */
  const renew = async (): Promise<void> => {
    if (trying === undefined && performance.now() - tried_at < cooldown) return
    trying ??= refetch()
      .catch(() => {})
      .finally(() => {
        trying = undefined
      })
    await trying
  }
  return async (header, token) => {
    const age = performance.now() - fetched_at
    if (keys === undefined || age > 2 * fresh_for)
      await renew() // after a time without requests the provider may have withdrawn a key
    else if (age > fresh_for) void renew()
    if (keys === undefined) throw keysUnavailable()
    try {
      return await keys(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
      await renew()
      if (fetched_at !== tried_at) throw keysUnavailable()
      return await keys(header, token)
    }
  }
}

function keysUnavailable(): HttpProblem {
  return new HttpProblem({ type: 'unavailable', because: 'token-keys-away' })
}

async function fetchKeys(url: string, timeout: number): Promise<JSONWebKeySet> {
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(timeout),
  })
  if (!response.ok) {
    await response.body?.cancel()
    throw new Error(`the identity provider answered ${response.status}`)
  }
  return (await response.json()) as JSONWebKeySet
}
