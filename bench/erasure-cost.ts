import { startBenchDatabase, type BenchDatabase } from './bench-database.ts'
import { HEADERS, startBenchService, type BenchService } from './bench-service.ts'
import { costOf, postmasterIn } from './cpu.ts'
import { roleOf, uuid } from './synthetic-people.ts'
import { loadRegistry } from './synthetic-registry.ts'

// What it costs to erase people (R33), of whom any entry of history may say something: `node bench/erasure-cost.ts`.
// CONTACTS makes the run smaller: there are five entries for four contacts, and each says who asked.

const CONTACTS = Number(process.env['CONTACTS'] ?? 800_000)
const EVENTS = CONTACTS + Math.ceil(CONTACTS / 4)
const TOGETHER = 20

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`

async function send({ origin }: BenchService, method: string, path: string, body?: unknown): Promise<any> {
  const headers = { ...HEADERS, 'content-type': 'application/json' }
  const sent = body === undefined ? { method, headers: HEADERS } : { method, headers, body: JSON.stringify(body) }
  const answer = await fetch(`${origin}${path}`, sent)
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
  return text === '' ? undefined : JSON.parse(text)
}

async function erase(service: BenchService, contact_ids: readonly string[]): Promise<void> {
  await send(service, 'POST', '/v1/personal-data-erasures', { contact_ids, reason: 'requested' })
}

async function measure(database: BenchDatabase): Promise<void> {
  const service = await startBenchService(database)
  const pids = { service: service.pid, postgres: await postmasterIn(database.folder) }
  try {
    while (((await send(service, 'GET', '/v1/history/head')).event_id ?? 0) < EVENTS)
      await new Promise(resolve => setTimeout(resolve, 200))
    const people = Array.from({ length: CONTACTS }, (_, n) => n + 1).filter(n => roleOf(n) === 'secondary')
    const step = Math.floor(people.length / (TOGETHER + 3))
    const ids = people.filter((_, place) => place % step === 0).map(uuid)
    for (const id of ids) await send(service, 'DELETE', `/v1/contacts/${id}`)
    const show = async (what: string, of: readonly string[]): Promise<void> => {
      const { wall, service: own, postgres } = await costOf(pids, async () => await erase(service, of))
      console.log(
        `${what}: ${seconds(wall)}; of the processor ${seconds(own)} service, ${seconds(postgres)} Postgres ` +
          `(${EVENTS.toLocaleString('en')} entries)`,
      )
    }
    await show('one person', ids.slice(0, 1))
    await show('another', ids.slice(1, 2))
    await show('the same again', ids.slice(1, 2))
    await show(`${TOGETHER} together`, ids.slice(2, 2 + TOGETHER))
  } finally {
    await service.stop()
  }
}

const database = await startBenchDatabase()
try {
  await loadRegistry(database.owner_url, CONTACTS)
  await database.run(`update history set requested_by = jsonb_build_object('contact_id', null, 'name', '山田 太郎',
    'email', 'primary' || history_id || '@aozora.example.co.jp', 'channel', 'mail', 'ticket', 'T-' || history_id)`)
  await database.run('vacuum analyze')
  await measure(database)
} finally {
  await database.stop()
}
