import { BlockList, isIPv6, type Socket } from 'node:net'
import type { IncomingMessage } from 'node:http'
import type { EventEmitter } from 'node:events'
import { countedAddress } from '#http/client-address.ts'

type ConnectionLimits = {
  /** How many connections one address may have open. */
  address_connections: number
  /** Addresses and ranges that speak for many others, and are not counted. */
  trusted_proxies: readonly string[]
}

/** The connections of one address, and those of them, oldest first, that have not asked anything yet. */
type Address = { open: number, waiting: Set<Socket> }

/**
 * Keeps one address from taking every connection. Above its limit, further ones are closed. At most half of them may
 * be such as have not sent one whole request head yet: of more, the oldest is closed, so that connections that are
 * opened and left, or that dribble, make room for one that asks.
 */
export function limitConnections (server: EventEmitter, { address_connections, trusted_proxies }: ConnectionLimits): void {
  const most_waiting = Math.max(1, Math.floor(address_connections / 2))
  const proxies = blockListOf(trusted_proxies)
  const addresses = new Map<string, Address>()
  const waiting = new Map<Socket, Address>()

  const stopWaiting = (socket: Socket): void => {
    waiting.get(socket)?.waiting.delete(socket)
    waiting.delete(socket)
  }
  const onConnection = (socket: Socket): void => {
    const key = countedAddress(socket.remoteAddress)
    if (key === undefined || isListed(proxies, socket.remoteAddress)) return
    const address = addresses.get(key) ?? { open: 0, waiting: new Set() }
    addresses.set(key, address)
    address.open++
    socket.once('close', () => {
      stopWaiting(socket)
      if (--address.open === 0) addresses.delete(key)
    })
    if (address.open > address_connections) return void socket.destroy()
    address.waiting.add(socket)
    waiting.set(socket, address)
    if (address.waiting.size > most_waiting) address.waiting.values().next().value?.destroy()
  }

  server.on(isTls(server) ? 'secureConnection' : 'connection', onConnection)
  server.on('request', ({ socket }: IncomingMessage) => { if (waiting.size > 0) stopWaiting(socket) })
}

/** Whether a server speaks TLS: then its connections are those that have agreed on a key. */
function isTls (server: object): boolean {
  return 'setSecureContext' in server
}

function blockListOf (ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', bits] = range.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return list
}

function isListed (list: BlockList, address = ''): boolean {
  return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}
