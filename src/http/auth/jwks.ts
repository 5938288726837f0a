import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import { HttpProblem } from '#http/problems/http-problem.ts'

export type JwksOptions = {
  /** The JWKS document (RFC 7517) of the identity provider. */
  url: string
  /** After how many milliseconds the document is fetched anew beside requests, so that withdrawn keys go. */
  fresh_for?: number
  /** How many milliseconds lie between two fetches at least, whatever tokens arrive. */
  cooldown?: number
  /** How many milliseconds a fetch may take. */
  timeout?: number
}

type KeySet = ReturnType<typeof createLocalJWKSet>

/**
 * The identity provider's public keys, fetched when a token first needs one. Keys that are known stay usable while the
 * provider is away. A key id that is not known is looked for in the document once more, at most once in a cooldown: if
 * it is not there either, the token is nobody's; while the document cannot be had, nobody can say so, and the answer is 503.
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
  /** Fetches anew, unless somebody just has: then what they found is all that can be known now. */
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
      await renew() // after a quiet time the provider may have withdrawn a key
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
