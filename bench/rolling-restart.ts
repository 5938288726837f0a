import { Agent } from 'node:http'
import { ask, startBalancer } from '../test/helpers/readiness-balancer.ts'
import { startBenchDatabase } from './bench-database.ts'
import { HEADERS, startBenchService, type BenchService } from './bench-service.ts'

// Two processes restart in turn, again and again, behind a balancer that follows readiness, while callers read, check
// and change without a pause. No request may be lost, and every change that was acknowledged is to be there.

const REQUESTS = Number(process.env['REQUESTS'] ?? 20_000)
const CALLERS = 16
process.env['SHUTDOWN_DELAY_MS'] ??= '1000'

const database = await startBenchDatabase()
let services: BenchService[] = await Promise.all([startBenchService(database), startBenchService(database)])
const balancer = await startBalancer(() => services.map(({ origin }) => origin))
const agent = new Agent({ keepAlive: true, maxSockets: CALLERS })
const lost: string[] = []
const names = new Map<string, string>()
let asked = 0

async function send(caller: number, turn: number): Promise<void> {
  const id = `caller-${caller}`
  const name = `株式会社${turn}`
  const [method, path, body] = [
    ['PUT', `/v1/customers/${id}`, { name }],
    ['GET', `/v1/customers/${id}`],
    ['POST', '/v1/sender-checks', { from: 'sato@aozora.example.co.jp' }],
    ['GET', '/v1/contacts?limit=5'],
  ][turn % 4] as [string, string, object?]
  const text = body && JSON.stringify(body)
  const answer = await ask(agent, method, balancer.origin + path, HEADERS, text).catch((error: unknown) => ({
    status: 0,
    text: String(error),
  }))
  if (answer.status !== 200 && answer.status !== 201) lost.push(`${method} ${path}: ${answer.status} ${answer.text}`)
  else if (method === 'PUT') names.set(id, name)
}

async function restart(index: number): Promise<void> {
  const next = await startBenchService(database)
  const old = services[index]!
  services = services.with(index, next)
  await old.stop()
}

const since = performance.now()
const over = new AbortController()
const calling = Promise.all(
  Array.from({ length: CALLERS }, async (_, caller) => {
    for (let turn = 0; asked++ < REQUESTS; turn++) await send(caller, turn)
    over.abort()
  }),
)
let restarts = 0
for (; !over.signal.aborted; restarts++) await restart(restarts % 2)
await calling
const seconds = (performance.now() - since) / 1000
const rows = await database.rows("select customer_id, name from customers where customer_id like 'caller-%'")
const kept = rows.filter(({ customer_id, name }) => names.get(String(customer_id)) === name).length
console.log(
  `${REQUESTS} requests of ${CALLERS} callers in ${seconds.toFixed(0)} s, ${restarts} restarts: ${lost.length} lost; ` +
    `${kept} of ${names.size} last changes are there`,
)
for (const one of lost.slice(0, 20)) console.error(`  ${one}`)
if (lost.length > 0 || kept !== names.size) process.exitCode = 1
balancer.close()
agent.destroy()
await Promise.all(services.map(async service => await service.stop()))
await database.stop()
