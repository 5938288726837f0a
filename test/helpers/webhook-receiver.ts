import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'

export type Received = { headers: Record<string, string>; body: string; path: string }

/** How a receiver answers one request; 204 unless said otherwise. */
export type Answering = (request: Received, response: ServerResponse) => void

/** A receiver of webhooks on this machine, which keeps what came. */
export async function webhookReceiver(
  t: Test,
  answer: Answering = (_, response) => void response.writeHead(204).end(),
) {
  const received: Received[] = []
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await read(request)
    const one = { headers: request.headers as Record<string, string>, body, path: request.url ?? '' }
    received.push(one)
    answer(one, response)
  }
  const server = createServer((request, response) => void take(request, response))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { received, port, url: `http://127.0.0.1:${port}/hook` }
}

async function read(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}
