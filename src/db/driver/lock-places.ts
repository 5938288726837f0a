/** No place is left among the transactions that lock a thing. */
export class NoPlaceError extends Error {
  override name = 'NoPlaceError'
  readonly key: string
  constructor(key: string) {
    super('too many transactions lock the same thing')
    this.key = key
  }
}

// They hold no connection, only memory.
const MOST_WAITING = 500

type Waiting = { admit: () => void; fail: (error: unknown) => void }
type Place = { taken: number; waiting: Waiting[] }

/**
 * Limits how many connections transactions that lock one thing may have: a thing that stays locked must not take all
 * connections. Further transactions wait without one, in their order, for `patience` milliseconds at most.
 */
export class LockPlaces {
  readonly #most: number
  readonly #patience: number
  readonly #places = new Map<string, Place>()

  constructor({ most, patience }: { most: number; patience: number }) {
    this.#most = most
    this.#patience = patience
  }

  /** Takes a place at once, or throws. */
  takeNow(key: string): void {
    const place = this.#places.get(key) ?? { taken: 0, waiting: [] }
    if (place.taken >= this.#most) throw new NoPlaceError(key)
    place.taken++
    this.#places.set(key, place)
  }

  /** Takes a place when one is free. Throws where none is in time, or where too many wait already. */
  async take(key: string): Promise<void> {
    const place = this.#places.get(key)
    if (place === undefined || place.taken < this.#most) return this.takeNow(key)
    if (place.waiting.length >= MOST_WAITING) throw new NoPlaceError(key)
    await new Promise<void>((resolve, reject) => {
      const fail = (error: unknown): void => {
        clearTimeout(timer)
        place.waiting.splice(place.waiting.indexOf(waiting), 1)
        reject(error)
      }
      const timer = setTimeout(() => fail(new NoPlaceError(key)), this.#patience)
      const admit = (): void => {
        clearTimeout(timer)
        resolve()
      }
      const waiting = { admit, fail }
      place.waiting.push(waiting)
    })
  }

  /** Fails all that wait for a place: the database is away for them too, and each would find it out by itself. */
  failWaiting(key: string, error: unknown): void {
    const waiting = this.#places.get(key)?.waiting ?? []
    while (waiting.length > 0) waiting[0]?.fail(error) // each leaves the list
  }

  /** Leaves a place to the transaction that has waited for longest. */
  leave(key: string): void {
    const place = this.#places.get(key)
    if (place === undefined) return
    const next = place.waiting.shift()
    if (next !== undefined) return next.admit()
    if (--place.taken === 0) this.#places.delete(key)
  }
}

/** The places of one transaction, whatever number of attempts it needs. */
export class HeldPlaces {
  readonly #places: LockPlaces
  readonly #keys = new Set<string>()
  /** All that the transaction has locked or wanted to lock. */
  readonly #wanted = new Set<string>()

  constructor(places: LockPlaces) {
    this.#places = places
  }

  /** Takes the places that a statement needs, or throws at once: the caller has a connection, and must not wait. */
  takeNow(keys: readonly string[]): void {
    for (const key of keys) this.#wanted.add(key)
    for (const key of keys) {
      if (this.#keys.has(key)) continue
      this.#places.takeNow(key)
      this.#keys.add(key)
    }
  }

  /**
   * Waits for the places that were missing, and takes again what the transaction held. All that wait take their places
   * in the order of the keys, so that no two wait for each other.
   */
  async wait(): Promise<void> {
    this.leaveAll()
    for (const key of [...this.#wanted].toSorted()) {
      await this.#places.take(key)
      this.#keys.add(key)
    }
  }

  failWaiting(error: unknown): void {
    for (const key of this.#keys) this.#places.failWaiting(key, error)
  }

  leaveAll(): void {
    for (const key of this.#keys) this.#places.leave(key)
    this.#keys.clear()
  }
}
