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
export function remoteJwks(options: JwksOptions): JWTVerifyGetKey {
  const fetched = new FetchedKeys(options)
  return async (header, token) => {
    await fetched.refresh()
    try {
      return await fetched.keys(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
      await fetched.renew()
      if (!fetched.isLatest) throw keysUnavailable()
      return await fetched.keys(header, token)
    }
  }
}

class FetchedKeys {
  readonly #options: Required<JwksOptions>
  #keys: KeySet | undefined
  #fetched_at = -Infinity
  #tried_at = -Infinity
  #trying: Promise<void> | undefined

  constructor({ url, fresh_for = 600_000, cooldown = 10_000, timeout = 3_000 }: JwksOptions) {
    this.#options = { url, fresh_for, cooldown, timeout }
  }

  get keys(): KeySet {
    if (this.#keys === undefined) throw keysUnavailable()
    return this.#keys
  }

  /** Whether the last fetch succeeded. */
  get isLatest(): boolean {
    return this.#fetched_at === this.#tried_at
  }

  /** Fetches the document where it is old. A request waits for it only where there are no keys that it may use. */
  async refresh(): Promise<void> {
    const age = performance.now() - this.#fetched_at
    if (this.#keys === undefined || age > 2 * this.#options.fresh_for)
      await this.renew() // after a time without requests the provider may have withdrawn a key
    else if (age > this.#options.fresh_for) void this.renew()
  }

  /** Fetches the document again, not within the cooldown. Requests that ask during a fetch wait for it. */
  async renew(): Promise<void> {
    if (this.#trying === undefined && performance.now() - this.#tried_at < this.#options.cooldown) return
    this.#trying ??= this.#fetch()
      .catch(() => {})
      .finally(() => {
        this.#trying = undefined
      })
    await this.#trying
  }

  async #fetch(): Promise<void> {
    this.#tried_at = performance.now()
    this.#keys = createLocalJWKSet(await fetchKeys(this.#options.url, this.#options.timeout))
    this.#fetched_at = this.#tried_at
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
