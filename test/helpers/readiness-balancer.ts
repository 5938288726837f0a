import { once } from 'node:events'
import { Agent, createServer, request, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Balancer = { origin: string; close: () => void }

const LOOK_INTERVAL = 50

/**
 * A balancer: it passes requests on to the services that were ready when it last asked them, over connections that stay
 * open, and repeats none. `origins` are the services that there are now.
 */
export async function startBalancer(origins: () => readonly string[]): Promise<Balancer> {
  const agents = new Map<string, Agent>()
  const known = new Set(origins())
  let [ready, next] = [[...known], 0]
  const look = async (origin: string): Promise<void> => {
    const { status } = await ask(new Agent(), 'GET', `${origin}/readyz`).catch(() => ({ status: 0 }))
    ready = [...ready.filter(other => other !== origin), ...(status === 200 ? [origin] : [])]
  }
  const watch = setInterval(() => {
    for (const origin of origins()) known.add(origin)
    for (const origin of known) void look(origin)
  }, LOOK_INTERVAL)
  const server = createServer((incoming, outgoing) => {
    const origin = ready[next++ % ready.length] ?? ''
    const agent = agents.get(origin) ?? new Agent({ keepAlive: true })
    agents.set(origin, agent)
    const passed = request(origin + incoming.url, { agent, method: incoming.method, headers: incoming.headers })
    passed.on('response', answer => {
      outgoing.writeHead(answer.statusCode ?? 502)
      answer.on('error', () => outgoing.destroy()).pipe(outgoing)
    })
    passed.on('error', ({ message }) => outgoing.writeHead(502).end(message))
    incoming.pipe(passed)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      clearInterval(watch)
      for (const agent of agents.values()) agent.destroy()
      server.closeAllConnections()
      server.close()
    },
  }
}

/** One request over a connection of the agent's, and its answer. */
export async function ask(
  agent: Agent,
  method: string,
  url: string,
  headers: Record<string, string> = {},
  body?: string,
): Promise<{ status: number; text: string }> {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  const sent = request(url, { agent, method, headers: { ...headers, ...length } })
  sent.end(body)
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  let text = ''
  for await (const chunk of answer.setEncoding('utf8')) text += String(chunk)
  return { status: answer.statusCode ?? 0, text }
}
