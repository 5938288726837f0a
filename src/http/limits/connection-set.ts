/** The connections of one address, or of all, by what they do now. The sets keep the order in which they began it. */
export class ConnectionSet {
  readonly #names = new Set<string>()
  /** Connections that have not sent one whole request head yet. */
  readonly #waiting = new Set<string>()
  /** Connections whose requests are all answered. */
  readonly #idle = new Set<string>()
  readonly #most: number
  readonly #mostWaiting: number
  readonly #close: (name: string) => void

  /** `close` ends a connection, and removes it at once from every set: its close event comes later. */
  constructor(most: number, mostWaiting: number, close: (name: string) => void) {
    this.#close = close
    this.#most = most
    this.#mostWaiting = Math.max(1, mostWaiting)
  }

  get size(): number {
    return this.#names.size
  }

  add(name: string): void {
    this.#names.add(name)
    this.#waiting.add(name)
  }

  remove(name: string): void {
    this.#names.delete(name)
    this.#waiting.delete(name)
    this.#idle.delete(name)
  }

  setBusy(name: string): void {
    this.#waiting.delete(name)
    this.#idle.delete(name)
  }

  setIdle(name: string): void {
    if (this.#names.has(name)) this.#idle.add(name)
  }

  /** Closes one connection if there are too many, be it the new one, and one that waits if too many wait. */
  makeRoom(newest: string): void {
    if (this.size > this.#most) this.#close(this.#oldestWaiting(newest) ?? oldest(this.#idle) ?? newest)
    const longest = oldest(this.#waiting)
    if (longest !== undefined && this.#waiting.size > this.#mostWaiting) this.#close(longest)
  }

  closeWaiting(): void {
    for (const name of this.#waiting) this.#close(name)
  }

  #oldestWaiting(newest: string): string | undefined {
    const name = oldest(this.#waiting)
    return name === newest ? undefined : name
  }
}

function oldest(names: ReadonlySet<string>): string | undefined {
  return names.values().next().value
}
