import type { EventEmitter } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { ipRangeMatcher } from '#ip-ranges.ts'
import { countedAddress } from '#http/limits/client-address.ts'

type ConnectionLimits = {
  /** How many connections may be open, and how many of one address. */
  connections: number
  address_connections: number
  /** Addresses and ranges that speak for many others: only the first limit is theirs. */
  trusted_proxies: readonly string[]
}

/** Connections that have not sent one whole request head yet, by their name, oldest first. */
type Waiting = Map<string, { socket: Socket; stopWaiting: () => void }>
type Address = { open: number; waiting: Waiting }

/**
 * Keeps whoever opens connections and leaves them, or dribbles, from taking those of others. Where one more comes than
 * may be open, the oldest that has not asked anything yet is closed, else the new one; of one address no more than half
 * may be such. A client that asks at once is therefore let in however many do not. What is returned closes all that have
 * not asked: a service that stops does not wait for them.
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
  // By name, because with TLS a request does not know the socket beneath its own.
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
  oldest?.stopWaiting() // at once: its end is only told later, and another one may come before
  oldest?.socket.destroy()
}
