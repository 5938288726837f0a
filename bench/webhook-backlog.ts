import { startBenchDatabase, type BenchDatabase } from './bench-database.ts'
import { memoryOf, startBenchService, type BenchService } from './bench-service.ts'
import { costOf, postmasterIn } from './cpu.ts'
import { OPEN_CONTRACTS_SQL } from './requests.ts'
import { percentile, steadyRegistrations } from './steady-registrations.ts'
import { loadRegistry } from './synthetic-registry.ts'
import { startWebhookSink, type WebhookSink } from './webhook-sink.ts'

// A hundred thousand deliveries that wait for an endpoint that hangs: part of `npm run bench`. What registrations cost
// without and with them, what they take of memory, how late another endpoint is, and how fast they leave in the end.
// BACKLOG, PER_SECOND and SECONDS make the run smaller.

const BACKLOG = Number(process.env['BACKLOG'] ?? 100_000)
const RATE = { per_second: Number(process.env['PER_SECOND'] ?? 100), seconds: Number(process.env['SECONDS'] ?? 20) }

type Rig = { database: BenchDatabase; service: BenchService; pids: { service: number; postgres: number } }

async function pending({ database }: Rig): Promise<number> {
  const [row] = await database.rows(`select count(*)::integer as count from webhook_deliveries where state = 'pending'`)
  return (row as { count: number }).count
}

async function untilPending(rig: Rig, isReached: (count: number) => boolean): Promise<void> {
  while (!isReached(await pending(rig))) await new Promise(resolve => setTimeout(resolve, 250))
}

async function untilNumbered({ database }: Rig): Promise<void> {
  const left = `select history_id from history except select history_id from events limit 1`
  while ((await database.rows(left)).length > 0) await new Promise(resolve => setTimeout(resolve, 250))
}

async function registrations(what: string, { service, pids }: Rig, other: WebhookSink): Promise<void> {
  const answered = new Map<string, number>()
  let times: number[] = []
  const cost = await costOf(pids, async () => {
    times = await steadyRegistrations(service.origin, RATE, one => answered.set(one.contact_id, one.answered_at))
  })
  while ([...answered.keys()].some(id => !other.received.has(id))) await new Promise(resolve => setTimeout(resolve, 50))
  const delays = [...answered].map(([id, at]) => other.received.get(id)! - at).toSorted((a, b) => a - b)
  const us = (ms: number): string => `${((ms / times.length) * 1000).toFixed(0)} µs`
  const memory = (await memoryOf(pids.service)).toFixed(0)
  console.log(
    `${what}: registrations median ${percentile(times, 0.5)}, p99 ${percentile(times, 0.99)}; ` +
      `of the processor for each ` +
      `${us(cost.service)} service, ${us(cost.postgres)} Postgres; another endpoint's webhooks after ` +
      `${percentile(delays, 0.5)}, p99 ${percentile(delays, 0.99)}; memory ${memory} MB`,
  )
}

async function measure(rig: Rig): Promise<void> {
  const { database, service, pids } = rig
  const [other, hanging] = [await startWebhookSink(), await startWebhookSink({ hangs: true })]
  try {
    await untilNumbered(rig)
    await service.call('POST', '/v1/webhook-endpoints', { url: other.url, types: ['contact.registered'] })
    const { body } = await service.call('POST', '/v1/webhook-endpoints', { url: hanging.url })
    const ofHanging = `where endpoint_id = '${(body as { endpoint_id: string }).endpoint_id}'`
    await registrations('warming up', rig, other)
    await database.run(`update webhook_endpoints set disabled_at = now(), disabled_reason = 'by_request' ${ofHanging}`)
    await registrations('without a backlog', rig, other)
    await database.run(
      `update webhook_endpoints set disabled_at = null, disabled_reason = null, cursor = 0 ${ofHanging}`,
    )
    const made = await costOf(pids, async () => await untilPending(rig, count => count >= BACKLOG))
    console.log(`${BACKLOG} deliveries were made in ${(made.wall / 1000).toFixed(1)} s`)
    await database.run('vacuum analyze webhook_deliveries') // as autovacuum does within a minute
    await registrations('with the backlog', rig, other)
    const before = await pending(rig)
    hanging.answer()
    const gone = await costOf(pids, async () => await untilPending(rig, count => count < before - BACKLOG / 10))
    const us = (ms: number): string => `${((ms / BACKLOG) * 10_000).toFixed(0)} µs`
    console.log(
      `afterwards ${Math.round(BACKLOG / 10 / (gone.wall / 1000))} deliveries a second leave; of the processor for ` +
        `each ${us(gone.service)} service, ${us(gone.postgres)} Postgres`,
    )
  } finally {
    other.stop()
    hanging.stop()
  }
}

const database = await startBenchDatabase()
try {
  await loadRegistry(database.owner_url, Math.ceil(BACKLOG * 0.8))
  await database.run(OPEN_CONTRACTS_SQL)
  await database.run('vacuum analyze')
  const local = { NODE_ENV: 'development', DEMO_DATA: 'off', WEBHOOK_ALLOWED_RANGES: '127.0.0.1' }
  const service = await startBenchService(database, local)
  const pids = { service: service.pid, postgres: await postmasterIn(database.folder) }
  await measure({ database, service, pids }).finally(async () => await service.stop())
} finally {
  await database.stop()
}
