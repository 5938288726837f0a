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
export function limitConnections(
  server: EventEmitter,
  { connections, address_connections, trusted_proxies }: ConnectionLimits,
): () => void {
  const isProxy = ipRangeMatcher(trusted_proxies)
  const open = new Map<string, Connection>()
  const close = (name: string): void => {
    const connection = open.get(name)
    for (const set of connection?.sets ?? []) set.remove(name)
    connection?.socket.destroy()
  }
  const all = new ConnectionSet(connections, connections, close)
  const addresses = new Map<string, ConnectionSet>()
  const setOf = (key: string): ConnectionSet => {
    const set = addresses.get(key) ?? new ConnectionSet(address_connections, Math.floor(address_connections / 2), close)
    addresses.set(key, set)
    return set
  }

  server.on('connection', (socket: Socket) => {
    const name = nameOf(socket)
    const key = countedAddress(socket.remoteAddress) ?? 'unknown'
    const sets = isProxy(socket.remoteAddress) ? [all] : [all, setOf(key)]
    open.set(name, { name, socket, sets, running: 0 })
    socket.once('close', () => {
      open.delete(name)
      for (const set of sets) set.remove(name)
      if (addresses.get(key)?.size === 0) addresses.delete(key)
    })
    for (const set of sets) set.add(name)
    for (const set of sets.toReversed()) set.makeRoom(name)
  })
  // By name, because with TLS the socket of a request is not the socket of the connection.
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    const connection = open.get(nameOf(socket))
    if (connection === undefined) return
    connection.running++
    for (const set of connection.sets) set.setBusy(connection.name)
    response.once('close', () => {
      if (--connection.running === 0) for (const set of connection.sets) set.setIdle(connection.name)
    })
  })
  return () => {
    all.closeWaiting()
  }
}

function nameOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`
}
