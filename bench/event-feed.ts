import { Agent, get } from 'node:http'
import { verifyHistory } from '#actions/history/verify-history.ts'
import { openDatabase } from '#db/driver/database.ts'
import { startBenchDatabase, type BenchDatabase } from './bench-database.ts'
import { HEADERS, startBenchService, type BenchService } from './bench-service.ts'
import { costOf, postmasterIn, type Cost } from './cpu.ts'
import { loadRegistry } from './synthetic-registry.ts'

// The feed of events and the chain of hashes over a whole registry, in one run on one machine: part of `npm run bench`.
// How fast entries are numbered, read by one client in pages of 200, and verified. CONTACTS makes the run smaller:
// there are five entries for four contacts.

const CONTACTS = Number(process.env['CONTACTS'] ?? 400_000)
const EVENTS = CONTACTS + Math.ceil(CONTACTS / 4)
const ROUNDS = Number(process.env['ROUNDS'] ?? 3)
const PAGE = 200
const agent = new Agent({ keepAlive: true, maxSockets: 1 })

type Page = { items: unknown[]; next_cursor: string; has_more: boolean }

async function read({ origin }: BenchService, query: string): Promise<Page> {
  return await new Promise((resolve, reject) => {
    get(`${origin}/v1/events?${query}`, { agent, headers: HEADERS }, answer => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString()) as Page))
    }).on('error', reject)
  })
}

async function readAll(service: BenchService): Promise<void> {
  let seen = 0
  for (let after = '0'; ;) {
    const page = await read(service, `limit=${PAGE}&after=${after}`)
    seen += page.items.length
    after = page.next_cursor
    if (!page.has_more) break
  }
  if (seen !== EVENTS) throw new Error(`${seen} of ${EVENTS} events were read`)
}

function show(what: string, { wall, service, postgres }: Cost, of: number, unit: string): void {
  const each = (ms: number): string =>
    of > EVENTS / 2 ? `${((ms / of) * 1000).toFixed(1)} µs` : `${(ms / of).toFixed(2)} ms`
  console.log(
    `${what}: ${Math.round(EVENTS / (wall / 1000)).toLocaleString('en')}/s; of the processor for each ${unit} ` +
      `${each(service)} service, ${each(postgres)} Postgres`,
  )
}

async function verifyAll(database: BenchDatabase): Promise<void> {
  const options = { url: database.url, pool_size: 1, connect_timeout: 5_000, lock_timeout: 5_000 }
  const opened = openDatabase({ ...options, statement_timeout: 60_000 }, () => {})
  const { end, broken } = await verifyHistory(opened).finally(async () => await opened.close())
  if (end.event_id !== EVENTS || broken !== null) throw new Error(`verified ${end.event_id}: ${JSON.stringify(broken)}`)
}

async function measure(database: BenchDatabase): Promise<void> {
  const service = await startBenchService(database)
  const pids = { service: service.pid, postgres: await postmasterIn(database.folder) }
  try {
    const numbering = await costOf(pids, async () => {
      while (Number((await read(service, 'after=latest')).next_cursor) < EVENTS)
        await new Promise(resolve => setTimeout(resolve, 100))
    })
    show('numbered', numbering, EVENTS, 'entry')
    await database.run('vacuum analyze')
    for (let round = 0; round < ROUNDS; round++)
      show('read', await costOf(pids, async () => await readAll(service)), EVENTS / PAGE, `page of ${PAGE}`)
    for (let round = 0; round < ROUNDS; round++)
      show('verified', await costOf(pids, async () => await verifyAll(database)), EVENTS, 'entry')
  } finally {
    agent.destroy()
    await service.stop()
  }
}

const database = await startBenchDatabase()
try {
  await loadRegistry(database.owner_url, CONTACTS)
  await measure(database)
} finally {
  await database.stop()
}
