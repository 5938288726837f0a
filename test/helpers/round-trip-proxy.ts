import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import type { Test } from 'tap'
import { SentStatements } from './sent-statements.ts'

/** `statements` are those that clients had run: where much is sent, pauses say little, and these bound the trips. */
export type RoundTripProxy = { url: string; roundTrips: () => number; statements: () => number }

const PAUSE_MILLISECONDS = 10

/**
 * A way to Postgres that counts round trips: what a client sends gathers until it pauses, and goes on as one. A client
 * that waits for an answer before it says more thereby needs another trip; one that does not wait needs none.
 */
export async function roundTripProxy(t: Test, url: string): Promise<RoundTripProxy> {
  const { hostname, port } = new URL(url)
  let trips = 0
  const sockets = new Set<Socket>()
  const counters: SentStatements[] = []
  const server = createServer(client => {
    const upstream = connect(Number(port), hostname)
    const counter = new SentStatements()
    counters.push(counter)
    client.on('data', chunk => counter.read(chunk))
    const timer = sendGathered(client, upstream, () => trips++)
    upstream.pipe(client)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        client.destroy()
        upstream.destroy()
        timer.stop()
      })
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const proxied = Object.assign(new URL(url), { port: String((server.address() as AddressInfo).port) })
  const statements = (): number => counters.reduce((sum, { count }) => sum + count, 0)
  return { url: proxied.href, roundTrips: () => trips, statements }
}

/** Sends on what a client says once it pauses. */
function sendGathered(client: Socket, upstream: Socket, onSend: () => void): { stop: () => void } {
  let gathered: Buffer[] = []
  let timer: NodeJS.Timeout | undefined
  const send = (): void => {
    onSend()
    upstream.write(Buffer.concat(gathered))
    gathered = []
  }
  client.on('data', chunk => {
    gathered.push(chunk)
    clearTimeout(timer)
    timer = setTimeout(send, PAUSE_MILLISECONDS)
  })
  return { stop: () => clearTimeout(timer) }
}
