import { startBenchDatabase, type BenchDatabase } from './bench-database.ts'
import { postmasterIn, usageOf } from './cpu.ts'
import { HEADERS, memoryOf, startBenchService, type BenchService } from './bench-service.ts'
import { checksBesideImport } from './checks-beside-import.ts'
import { dirtyImport } from './dirty-import.ts'
import { importSpeed, registryFile } from './import-speed.ts'
import { settled } from './settled-database.ts'
import { loadRegistry } from './synthetic-registry.ts'

// Whole registries as files, in one run on one machine: `node bench/files.ts`, part of `npm run bench`. How fast
// contracts of four contacts come into an empty registry and into a large one, exporting all contacts, the memory of
// an import of 64 MB, and a dirty file in which each fault is to be found: otherwise the run fails. CONTRACTS,
// CONTACTS, MEGABYTES and DIRTY_ROWS make the run smaller; PARTS=checks,dirty leaves the other parts out.

const CONTRACTS = Number(process.env['CONTRACTS'] ?? 15_000)
const CONTACTS = Number(process.env['CONTACTS'] ?? 1_000_000)
const MEGABYTES = Number(process.env['MEGABYTES'] ?? 64)
const DIRTY_ROWS = Number(process.env['DIRTY_ROWS'] ?? 10_000)
const PARTS = (process.env['PARTS'] ?? 'empty,large,checks,dirty,exports,memory').split(',')
const MB = 1024 * 1024

/** The greatest memory of the service while something lasts, in MB above what it had at the beginning. */
async function growthDuring<T>(service: BenchService, work: () => Promise<T>): Promise<T> {
  const before = await memoryOf(service.pid)
  let greatest = before
  const timer = setInterval(() => void memoryOf(service.pid).then(now => (greatest = Math.max(greatest, now))), 100)
  try {
    return await work()
  } finally {
    clearInterval(timer)
    console.log(`  memory of the service  + ${(greatest - before).toFixed(0)} MB (${greatest.toFixed(0)} MB)`)
  }
}

/** Begins to read a list, and leaves: the service then has what it needs for lists, also memory. */
async function warmedUp(service: BenchService, accept: string): Promise<void> {
  const answer = await fetch(`${service.origin}/v1/contacts?purpose=inquiries`, { headers: { ...HEADERS, accept } })
  let bytes = 0
  for await (const chunk of answer.body ?? []) if ((bytes += chunk.length) > 20 * MB) break
}

async function exported({ folder }: BenchDatabase, service: BenchService, accept: string): Promise<void> {
  const pids = { service: service.pid, postgres: await postmasterIn(folder) }
  const before = await usageOf(pids)
  const since = performance.now()
  await growthDuring(service, async () => {
    const answer = await fetch(`${service.origin}/v1/contacts?purpose=inquiries`, { headers: { ...HEADERS, accept } })
    let [rows, bytes] = [0, 0]
    for await (const chunk of answer.body ?? []) {
      bytes += chunk.length
      for (let at = chunk.indexOf(0x0a); at !== -1; at = chunk.indexOf(0x0a, at + 1)) rows++
    }
    const seconds = (performance.now() - since) / 1000
    const speed = Math.round(rows / seconds).toLocaleString('en')
    const after = await usageOf(pids)
    const cpu = (of: 'service' | 'postgres'): string =>
      before === undefined || after === undefined ? '?' : ((after[of] - before[of]) / rows).toFixed(0)
    console.log(`export as ${accept}: ${rows.toLocaleString('en')} lines, ${(bytes / MB).toFixed(0)} MB, ${speed}/s`)
    console.log(`  processor time a row: service ${cpu('service')} µs, Postgres ${cpu('postgres')} µs`)
  })
}

/** A CSV file of some size, on contracts of four people each. */
async function* largeFile(bytes: number): AsyncGenerator<Buffer> {
  yield Buffer.from('contract_id,role,family_name,given_name,email,registered_at\n')
  for (let [sent, number] = [0, 0]; sent < bytes;) {
    const rows = Array.from({ length: 1000 }, () => {
      const contract = `L-${Math.floor(number / 4)}`
      const role = number % 4 === 0 ? 'primary' : 'secondary'
      return `${contract},${role},山田,太郎,person${number++}@${contract.toLowerCase()}.example.jp,2024/4/1\n`
    })
    const block = Buffer.from(rows.join(''))
    sent += block.length
    if (sent <= bytes) yield block
  }
}

async function sent(service: BenchService, body: string | ReadableStream, type: string, query = ''): Promise<any> {
  const answer = await fetch(`${service.origin}/v1/imports${query}`, {
    method: 'POST',
    headers: { ...HEADERS, 'content-type': type },
    body,
    duplex: 'half',
  })
  const received = (await answer.json()) as { import_id?: string }
  if (answer.status !== 202) throw new Error(JSON.stringify(received))
  return await ended(service, `/v1/imports/${received.import_id}`)
}

async function ended(service: BenchService, path: string): Promise<any> {
  for (;;) {
    const { body } = await service.call('GET', path)
    if (body.state !== 'received' && body.state !== 'running') return body
    await new Promise(resolve => setTimeout(resolve, 200))
  }
}

async function largeImport(service: BenchService): Promise<void> {
  const bytes = MEGABYTES * MB - 1024
  console.log(`import of ${MEGABYTES} MB as a dry run, on contracts that are not there`)
  await growthDuring(service, async () => {
    const body = ReadableStream.from(largeFile(bytes)) as ReadableStream
    const { rows, state } = await sent(service, body, 'text/csv', '?dry_run=true')
    console.log(`  ${state}: ${rows.done.toLocaleString('en')} of ${rows.total.toLocaleString('en')} rows`)
  })
}

async function withService<T>(database: BenchDatabase, work: (service: BenchService) => Promise<T>): Promise<T> {
  const service = await startBenchService(database)
  try {
    return await work(service)
  } finally {
    await service.stop()
  }
}

/** How fast a file comes in, after a small one that warms the service up. */
async function importFast(database: BenchDatabase, service: BenchService, letter: string): Promise<number> {
  await sent(service, registryFile(200, `${letter}warm`), 'application/x-ndjson')
  return await importSpeed(database, service, { contracts: CONTRACTS, letter, send: sent })
}

function isAsked(part: string): boolean {
  return PARTS.includes(part)
}

/** The parts of the run, in their order. Each is left out unless it is asked for. */
async function measure(database: BenchDatabase): Promise<void> {
  const empty = isAsked('empty')
    ? await withService(database, async service => await importFast(database, service, 'e'))
    : Number.NaN
  await loadRegistry(database.owner_url, CONTACTS)
  await database.run('analyze')
  await withService(database, async service => {
    await settled(database)
    if (isAsked('large')) {
      const large = await importFast(database, service, 'f')
      console.log(`  ${(large / empty).toFixed(2)} × as fast as into an empty registry`)
    }
    if (isAsked('checks'))
      await checksBesideImport(database, service, {
        contracts: CONTRACTS,
        contacts: CONTACTS,
        seconds: Number(process.env['SECONDS'] ?? 8),
        send: sent,
      })
    if (isAsked('dirty')) await dirtyImport(service, DIRTY_ROWS, sent)
  })
  await withService(database, async service => {
    for (const accept of isAsked('exports') ? ['application/x-ndjson', 'text/csv'] : []) {
      await warmedUp(service, accept)
      await exported(database, service, accept)
    }
    if (isAsked('memory')) await largeImport(service)
  })
}

const database = await startBenchDatabase()
try {
  await measure(database)
} finally {
  await database.stop()
}
