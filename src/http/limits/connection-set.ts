import type { Socket } from 'node:net'

/** The connections of one address, or of all, by what they do now. The maps keep the order in which they began it. */
export class ConnectionSet {
  readonly #names = new Set<string>()
  /** Connections that have not sent one whole request head yet. */
  readonly #waiting = new Map<string, Socket>()
  /** Connections whose requests are all answered. */
  readonly #idle = new Map<string, Socket>()
  readonly #most: number
  readonly #mostWaiting: number

  constructor(most: number, mostWaiting: number) {
    this.#most = most
    this.#mostWaiting = Math.max(1, mostWaiting)
  }

  get size(): number {
    return this.#names.size
  }

  add(name: string, socket: Socket): void {
    this.#names.add(name)
    this.#waiting.set(name, socket)
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

  setIdle(name: string, socket: Socket): void {
    if (this.#names.has(name)) this.#idle.set(name, socket)
  }

  /** Closes one connection if there are too many, be it the new one, and one that waits if too many wait. */
  makeRoom(newest: string): void {
    if (this.size > this.#most) this.#close(this.#oldestWaiting(newest) ?? oldest(this.#idle) ?? newest)
    if (this.#waiting.size > this.#mostWaiting) this.#close(oldest(this.#waiting))
  }

  closeWaiting(): void {
    while (this.#waiting.size > 0) this.#close(oldest(this.#waiting))
  }

  #oldestWaiting(newest: string): string | undefined {
    const name = oldest(this.#waiting)
    return name === newest ? undefined : name
  }

  #close(name: string | undefined): void {
    if (name === undefined) return
    const socket = this.#waiting.get(name) ?? this.#idle.get(name)
    this.remove(name) // at once: its close event comes later, perhaps after another connection
    socket?.destroy()
  }
}

function oldest(sockets: ReadonlyMap<string, Socket>): string | undefined {
  return sockets.keys().next().value
}
