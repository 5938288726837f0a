import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import type { Test } from 'tap'

export type SilentProxy = {
  url: string
  /** From now on the bytes of open connections vanish, and those of new ones too unless they are let through. */
  silence: (options?: { lets_new_through?: boolean }) => void
  /** Lets the bytes of new connections through again; the silent ones stay silent. */
  restore: () => void
}

/** A way to Postgres on which the peer can vanish: nothing is refused or closed, bytes only no longer arrive. */
export async function silentProxy(t: Test, url: string): Promise<SilentProxy> {
  const { hostname, port } = new URL(url)
  const sockets = new Set<Socket>()
  let isSilent = false
  let silence: (() => void)[] = []
  const server = createServer(client => {
    const upstream = connect(Number(port), hostname)
    let isLost = isSilent
    silence.push(() => {
      isLost = true
    })
    for (const socket of [client, upstream]) sockets.add(socket)
    join(client, upstream, () => isLost)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const proxied = Object.assign(new URL(url), { port: String((server.address() as AddressInfo).port) })
  return {
    url: proxied.href,
    silence: ({ lets_new_through = false } = {}) => {
      for (const lose of silence) lose()
      silence = []
      isSilent = !lets_new_through
    },
    restore: () => {
      isSilent = false
    },
  }
}

/** Passes bytes on both ways, and the end of each side, unless the connection is lost. */
function join(client: Socket, upstream: Socket, isLost: () => boolean): void {
  client.on('data', chunk => isLost() || upstream.write(chunk))
  upstream.on('data', chunk => isLost() || client.write(chunk))
  for (const socket of [client, upstream]) {
    socket.on('error', () => {})
    socket.on('close', () => {
      if (isLost() && socket === upstream) return
      client.destroy()
      upstream.destroy()
    })
  }
}
