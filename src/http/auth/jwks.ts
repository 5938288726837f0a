import { setTimeout as sleep } from 'node:timers/promises'
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import { HttpProblem } from '#http/problems/http-problem.ts'

export type JwksOptions = {
  /** The JWKS document (RFC 7517) of the identity provider. */
  url: string
  /** The age in milliseconds at which the document is fetched again, so that withdrawn keys are no longer accepted. */
  fresh_for?: number
  /**
   * For how long the provider is not asked again, in milliseconds: for a key id that it did not know, and at all after
   * it did not answer.
   */
  cooldown?: number
  /** The least time between two fetches for further key ids, in milliseconds: tokens wait for it. */
  pause?: number
  /** The longest time that a fetch may take, in milliseconds. */
  timeout?: number
}

type KeySet = ReturnType<typeof createLocalJWKSet>

/** So many key ids are remembered as unknown; a token may name any. */
const MOST_UNKNOWN = 1000

/**
 * The public keys of the identity provider, fetched when a token first needs one. Known keys stay valid while the
 * provider is away. At an unknown key id the document is fetched again, once a second at most, however many unknown ids
 * there are: a token of a new key waits that long, and is not refused. A token whose key is then still unknown is
 * refused, and its key id is not asked for again in the cooldown. While the document cannot be fetched, the answer is
 * 503.
 */
export function remoteJwks(options: JwksOptions): JWTVerifyGetKey {
  const fetched = new FetchedKeys(options)
  return async (header, token) => {
    await fetched.refresh()
    try {
      return await fetched.keys(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
      await fetched.renewFor(header.kid ?? '')
      if (!fetched.isLatest) throw keysUnavailable()
      return await fetched.keys(header, token)
    }
  }
}

class FetchedKeys {
  readonly #options: Required<JwksOptions>
  /** When the provider did not know a key id. */
  readonly #unknown = new Map<string, number>()
  #keys: KeySet | undefined
  #fetched_at = -Infinity
  #tried_at = -Infinity
  #running: Promise<void> | undefined
  /** A fetch that has not begun yet. */
  #next: Promise<void> | undefined

  constructor({ url, fresh_for = 600_000, cooldown = 10_000, pause = 1_000, timeout = 3_000 }: JwksOptions) {
    this.#options = { url, fresh_for, cooldown, pause, timeout }
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
      await this.#renew() // after a time without requests the provider may have withdrawn a key
    else if (age > this.#options.fresh_for) void this.#renew()
  }

  /** Fetches a document that was published after this call, unless the provider lately did not know the key id. */
  async renewFor(kid: string): Promise<void> {
    const isAway = !this.isLatest && this.#isCooling(this.#tried_at)
    if (isAway || this.#isCooling(this.#unknown.get(kid) ?? -Infinity)) return
    await (this.#next ??= this.#later())
    if (!this.isLatest) return
    if (this.#unknown.size >= MOST_UNKNOWN) this.#unknown.clear()
    this.#unknown.set(kid, this.#fetched_at)
  }

  /** Fetches the document, not within the cooldown. Requests that ask during a fetch wait for it. */
  async #renew(): Promise<void> {
    if (this.#running === undefined && this.#isCooling(this.#tried_at)) return
    await this.#fetch()
  }

  async #later(): Promise<void> {
    await this.#running
    await sleep(Math.max(0, this.#tried_at + this.#options.pause - performance.now()))
    this.#next = undefined
    await this.#fetch()
  }

  #isCooling(since: number): boolean {
    return performance.now() - since < this.#options.cooldown
  }

  async #fetch(): Promise<void> {
    await (this.#running ??= this.#replaceKeys()
      .catch(() => {})
      .finally(() => {
        this.#running = undefined
      }))
  }

  async #replaceKeys(): Promise<void> {
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
