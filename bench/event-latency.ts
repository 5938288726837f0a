import { startBenchDatabase, type BenchDatabase } from './bench-database.ts'
import { HEADERS, startBenchService, type BenchService } from './bench-service.ts'
import { costOf, postmasterIn } from './cpu.ts'
import { OPEN_CONTRACTS_SQL } from './requests.ts'
import { percentile, steadyRegistrations } from './steady-registrations.ts'
import { startWebhookSink } from './webhook-sink.ts'

// How long after the answer of a registration its event reaches a client that waits, and a webhook endpoint, and what
// events cost: part of `npm run bench`. PER_SECOND and SECONDS say how many registrations, WAITING how many clients
// wait.

const PER_SECOND = Number(process.env['PER_SECOND'] ?? 200)
const SECONDS = Number(process.env['SECONDS'] ?? 20)
const WAITING = Number(process.env['WAITING'] ?? 1000)

// The statements by which entries of history get their numbers; every other one was there before events.
const NUMBERING = `query ~ '(from|into|update) (events|event_numbering)|virtualtransaction|history_fixed_digest'`

type Page = { items: { contact_id: string | null }[]; next_cursor: string }

async function page({ origin }: BenchService, query: string): Promise<Page> {
  return (await (await fetch(`${origin}/v1/events?${query}`, { headers: HEADERS })).json()) as Page
}

/** A client that follows the feed, and when each contact's event came to it. */
async function follow(service: BenchService, seen: Map<string, number>, over: AbortSignal): Promise<void> {
  let { next_cursor } = await page(service, 'after=latest')
  while (!over.aborted) {
    const { items, next_cursor: next } = await page(service, `after=${next_cursor}&wait=1&limit=200`)
    for (const { contact_id } of items) if (contact_id !== null) seen.set(contact_id, performance.now())
    next_cursor = next
  }
}

/** Waits after registrations until all of them have come, and shows how late they came. */
async function showDelays(what: string, answered: ReadonlyMap<string, number>, seen: ReadonlyMap<string, number>) {
  const until = performance.now() + 60_000
  const missing = () => [...answered.keys()].filter(contact_id => !seen.has(contact_id)).length
  while (missing() > 0 && performance.now() < until) await new Promise(resolve => setTimeout(resolve, 100))
  const delays = [...answered]
    .flatMap(([contact_id, at]) => (seen.has(contact_id) ? [Math.max(0, seen.get(contact_id)! - at)] : []))
    .toSorted((a, b) => a - b)
  console.log(
    `${what}: median ${percentile(delays, 0.5)}, p99 ${percentile(delays, 0.99)}, ` +
      `${missing()} of ${answered.size} missing`,
  )
}

async function showStatements(database: BenchDatabase, registrations: number): Promise<void> {
  const [row] = await database.rows(`
    select sum(total_exec_time) filter (where ${NUMBERING})::float as numbering,
      sum(total_exec_time) filter (where not ${NUMBERING})::float as rest
    from pg_stat_statements where query !~ '(pgboss|webhook|pg_stat_statements|vacuum)'`)
  const { numbering, rest } = row as { numbering: number; rest: number }
  const us = (ms: number): string => `${((ms / registrations) * 1000).toFixed(0)} µs`
  console.log(
    `statements of a registration: ${us(rest)}, of its numbering with the chain: ${us(numbering)} ` +
      `(+ ${((numbering / rest) * 100).toFixed(1)} %)`,
  )
}

async function measure(database: BenchDatabase): Promise<void> {
  const local = { NODE_ENV: 'development', DEMO_DATA: 'off', WEBHOOK_ALLOWED_RANGES: '127.0.0.1' }
  const service = await startBenchService(database, local)
  const pids = { service: service.pid, postgres: await postmasterIn(database.folder) }
  const sink = await startWebhookSink()
  const over = new AbortController()
  const [seen, answered] = [new Map<string, number>(), new Map<string, number>()]
  const rate = { per_second: PER_SECOND, seconds: SECONDS }
  try {
    await steadyRegistrations(service.origin, { ...rate, seconds: 3 })
    await database.run('vacuum analyze')
    await database.run('select pg_stat_statements_reset()')
    const alone = await steadyRegistrations(service.origin, rate)
    await showStatements(database, alone.length)
    console.log(`registrations: median ${percentile(alone, 0.5)}, p99 ${percentile(alone, 0.99)}`)

    const following = follow(service, seen, over.signal)
    await service.call('POST', '/v1/webhook-endpoints', { url: sink.url, types: ['contact.registered'] })
    await steadyRegistrations(service.origin, rate, ({ contact_id, answered_at }) =>
      answered.set(contact_id, answered_at),
    )
    await showDelays('from a registration to the client that waits', answered, seen)
    await showDelays('from a registration to the webhook', answered, sink.received)
    over.abort()
    await following
    await showWaiting(database, service, pids)
  } finally {
    sink.stop()
    await service.stop()
  }
}

/** Many clients that wait for the same event. */
async function showWaiting(
  database: BenchDatabase,
  service: BenchService,
  pids: { service: number; postgres: number },
) {
  const { next_cursor } = await page(service, 'after=latest')
  const waiting = Array.from({ length: WAITING }, async () => await page(service, `after=${next_cursor}&wait=30`))
  await new Promise(resolve => setTimeout(resolve, 3000))
  const [row] = await database.rows(
    `select count(*) from pg_stat_activity where datname = 'madoguchi' and usename = 'madoguchi_service'`,
  )
  const { wall, service: cpu } = await costOf(pids, async () => {
    await service.call('PUT', '/v1/customers/awaited', { name: '株式会社青空商事' })
    await Promise.all(waiting)
  })
  console.log(
    `${WAITING} clients wait over ${String(row?.['count'])} connections to Postgres; all have their event ` +
      `${wall.toFixed(0)} ms after a change was sent, at ${cpu.toFixed(0)} ms of the service's processor time`,
  )
}

const database = await startBenchDatabase({ shared_preload_libraries: 'pg_stat_statements' })
try {
  await database.run('create extension pg_stat_statements')
  await database.run(OPEN_CONTRACTS_SQL)
  await measure(database)
} finally {
  await database.stop()
}
