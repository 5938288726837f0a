import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A receiver of webhooks on this machine, and when each event came to it, by the clock of `performance`. */
export type WebhookSink = { url: string; received: Map<string, number>; answer(): void; stop(): void }

/** Answers 204 to everything; where it `hangs`, nothing until `answer`. A delivery is known by its event's subject. */
export async function startWebhookSink({ hangs = false } = {}): Promise<WebhookSink> {
  const received = new Map<string, number>()
  let isHanging = hangs
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      if (isHanging) return
      const { data } = JSON.parse(Buffer.concat(chunks).toString()) as { data: { subject_id: string } }
      received.set(data.subject_id, performance.now())
      response.writeHead(204).end()
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answer: () => {
      isHanging = false
      server.closeAllConnections()
    },
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
