import type { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { ConnectionSet } from '#http/limits/connection-set.ts'
import { countedAddress } from '#http/limits/client-address.ts'
import { ipRangeMatcher } from '#ip-ranges.ts'

type ConnectionLimits = {
  /** How many connections may be open, and how many of one address. */
  connections: number
  address_connections: number
  /** Addresses and ranges of proxies. A proxy serves many clients, so only the first limit holds for it. */
  trusted_proxies: readonly string[]
}

/** A connection, and the sets in which it is counted. */
type Connection = { name: string; socket: Socket; sets: readonly ConnectionSet[]; running: number }

/**
 * Keeps connections free for clients that send requests. Above a limit, the oldest connection without a whole request
 * head is closed, else the connection that has been idle for longest, else the new one; at most half of an address's
 * connections may be without a request head. Returns a function that closes all of those, for the service to stop.
 */
export function limitConnections(server: EventEmitter, limits: ConnectionLimits): () => void {
  const connections = new OpenConnections(limits)
  server.on('connection', (socket: Socket) => {
    connections.open(socket)
  })
  // By name, because with TLS the socket of a request is not the socket of the connection.
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    connections.serve(nameOf(socket), response)
  })
  return () => {
    connections.closeWaiting()
  }
}

class OpenConnections {
  readonly #connections = new Map<string, Connection>()
  readonly #all: ConnectionSet
  readonly #addresses = new Map<string, ConnectionSet>()
  readonly #address_connections: number
  readonly #isProxy: (address: string | undefined) => boolean

  constructor({ connections, address_connections, trusted_proxies }: ConnectionLimits) {
    this.#all = new ConnectionSet(connections, connections, this.#close)
    this.#address_connections = address_connections
    this.#isProxy = ipRangeMatcher(trusted_proxies)
  }

  open(socket: Socket): void {
    const name = nameOf(socket)
    const key = countedAddress(socket.remoteAddress) ?? 'unknown'
    const sets = this.#isProxy(socket.remoteAddress) ? [this.#all] : [this.#all, this.#setOf(key)]
    this.#connections.set(name, { name, socket, sets, running: 0 })
    socket.once('close', () => {
      this.#connections.delete(name)
      for (const set of sets) set.remove(name)
      if (this.#addresses.get(key)?.size === 0) this.#addresses.delete(key)
    })
    for (const set of sets) set.add(name)
    for (const set of sets.toReversed()) set.makeRoom(name)
  }

  /** Counts a request of a connection as running until it is answered. */
  serve(name: string, response: ServerResponse): void {
    const connection = this.#connections.get(name)
    if (connection === undefined) return
    connection.running++
    for (const set of connection.sets) set.setBusy(name)
    response.once('close', () => {
      if (--connection.running === 0) for (const set of connection.sets) set.setIdle(name)
    })
  }

  closeWaiting(): void {
    this.#all.closeWaiting()
  }

  #setOf(key: string): ConnectionSet {
    const most = this.#address_connections
    const set = this.#addresses.get(key) ?? new ConnectionSet(most, Math.floor(most / 2), this.#close)
    this.#addresses.set(key, set)
    return set
  }

  readonly #close = (name: string): void => {
    const connection = this.#connections.get(name)
    for (const set of connection?.sets ?? []) set.remove(name)
    connection?.socket.destroy()
  }
}

function nameOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`
}
