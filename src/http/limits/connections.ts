import type { EventEmitter } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { ipRangeMatcher } from '#ip-ranges.ts'
import { countedAddress } from '#http/limits/client-address.ts'

type ConnectionLimits = {
  /** How many connections may be open, and how many of one address. */
  connections: number
  address_connections: number
  /** Addresses and ranges of proxies, which stand for many clients: only the first limit holds for them. */
  trusted_proxies: readonly string[]
}

/** Connections that have not sent one whole request head yet, by name, oldest first. */
type Waiting = Map<string, { socket: Socket; stopWaiting: () => void }>
type Address = { open: number; waiting: Waiting }

/**
 * Keeps connections free for clients that send requests. Above the limit, the oldest connection without a whole request
 * head is closed, else the new one; at most half of an address's connections may be without one. Returns a function
 * that closes all connections without a request head, for the service to stop at once.
 */
export function limitConnections(
  server: EventEmitter,
  { connections, address_connections, trusted_proxies }: ConnectionLimits,
): () => void {
  const most_waiting = Math.max(1, Math.floor(address_connections / 2))
  const isProxy = ipRangeMatcher(trusted_proxies)
  const addresses = new Map<string, Address>()
  const all: Address = { open: 0, waiting: new Map() }

  server.on('connection', (socket: Socket) => {
    const name = nameOf(socket)
    const key = countedAddress(socket.remoteAddress) ?? 'unknown'
    const address = isProxy(socket.remoteAddress) ? undefined : addressOf(addresses, key)
    const counts = address === undefined ? [all] : [all, address]
    for (const count of counts) count.open++
    const stopWaiting = (): void => {
      for (const { waiting } of counts) waiting.delete(name)
    }
    socket.once('close', () => {
      stopWaiting()
      for (const count of counts) count.open--
      if (address?.open === 0) addresses.delete(key)
    })
    if (address !== undefined && address.open > address_connections) {
      socket.destroy()
      return
    }
    for (const { waiting } of counts) waiting.set(name, { socket, stopWaiting })
    if (all.open > connections) closeOldest(all.waiting)
    if (address !== undefined && address.waiting.size > most_waiting) closeOldest(address.waiting)
  })
  // By name, because with TLS the socket of a request is not the socket of the connection.
  server.on('request', ({ socket }: IncomingMessage) => {
    if (all.waiting.size > 0) all.waiting.get(nameOf(socket))?.stopWaiting()
  })
  return () => {
    while (all.waiting.size > 0) closeOldest(all.waiting)
  }
}

function addressOf(addresses: Map<string, Address>, key: string): Address {
  const address = addresses.get(key) ?? { open: 0, waiting: new Map() }
  addresses.set(key, address)
  return address
}

function nameOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`
}

function closeOldest(waiting: Waiting): void {
  const oldest = waiting.values().next().value
  oldest?.stopWaiting() // at once: its close event comes later, perhaps after another connection
  oldest?.socket.destroy()
}
