import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import type { Test } from 'tap'

export type RoundTripProxy = { url: string; roundTrips: () => number }

const PAUSE_MILLISECONDS = 10

/**
 * A way to Postgres that counts round trips: what a client sends gathers until it pauses, and goes on as one. A client
 * that waits for an answer before it says more thereby needs another trip; one that does not wait needs none.
 */
export async function roundTripProxy(t: Test, url: string): Promise<RoundTripProxy> {
  const { hostname, port } = new URL(url)
  let trips = 0
  const sockets = new Set<Socket>()
  const server = createServer(client => {
    const upstream = connect(Number(port), hostname)
    let gathered: Buffer[] = []
    let timer: NodeJS.Timeout | undefined
    const send = (): void => {
      trips++
      upstream.write(Buffer.concat(gathered))
      gathered = []
    }
    client.on('data', chunk => {
      gathered.push(chunk)
      clearTimeout(timer)
      timer = setTimeout(send, PAUSE_MILLISECONDS)
    })
    upstream.pipe(client)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        client.destroy()
        upstream.destroy()
        clearTimeout(timer)
      })
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const proxied = Object.assign(new URL(url), { port: String((server.address() as AddressInfo).port) })
  return { url: proxied.href, roundTrips: () => trips }
}
