import { startBenchDatabase } from './bench-database.ts'
import { HEADERS, startBenchService } from './bench-service.ts'

// How fast one client reads the feed of events, in pages of 200, and how long a waiting client waits after a change.
// `EVENTS` says how many events there are.

const EVENTS = Number(process.env['EVENTS'] ?? 100_000)
const CHANGES = 200

const database = await startBenchDatabase()
await database.run(`
  insert into history (occurred_at, actor, request_id, event, subject_id, customer_id, source, after)
  select now(), 'bench', 'bench', 'customer.changed', 'K' || n, 'K' || n, 'direct',
    jsonb_build_object('name', '株式会社' || n)
  from generate_series(1, ${EVENTS}) n`)
const service = await startBenchService(database)
const read = async (query: string): Promise<any> =>
  await (await fetch(`${service.origin}/v1/events?${query}`, { headers: HEADERS })).json()

const numbering = performance.now()
while (Number((await read('after=latest')).next_cursor) < EVENTS) await new Promise(resolve => setTimeout(resolve, 100))
console.log(`numbered ${Math.round(EVENTS / ((performance.now() - numbering) / 1000))} entries a second`)

const reading = performance.now()
let seen = 0
for (let after = '0'; ;) {
  const page = await read(`limit=200&after=${after}`)
  seen += page.items.length
  after = page.next_cursor
  if (!page.has_more) break
}
console.log(`read ${Math.round(seen / ((performance.now() - reading) / 1000))} events a second`)

const waits: number[] = []
for (let change = 0; change < CHANGES; change++) {
  const after = (await read('after=latest')).next_cursor
  const waiting = read(`after=${after}&wait=30`)
  await service.call('PUT', `/v1/customers/waited-${change}`, { name: '株式会社青空商事' })
  const since = performance.now()
  await waiting
  waits.push(performance.now() - since)
}
waits.sort((a, b) => a - b)
const share = (part: number): number => Math.round(waits[Math.floor(waits.length * part)] ?? 0)
console.log(`from the answer of a change to the event: median ${share(0.5)} ms, p99 ${share(0.99)} ms`)

await service.stop()
await database.stop()
