import type { BenchDatabase } from './bench-database.ts'
import { HEADERS, type BenchService } from './bench-service.ts'
import { registryFile, type Send } from './import-speed.ts'
import { hasBacklog, settled } from './settled-database.ts'
import { steadyRate } from './steady-rate.ts'
import { syntheticAddress } from './synthetic-people.ts'

const RATE = Number(process.env['CHECKS'] ?? 200)
const ROUNDS = Number(process.env['ROUNDS'] ?? 3)
const WANTED = 1.5

type Times = { p50_ms: number; p99_ms: number }
type Round = Record<'alone' | 'import' | 'numbering', Times>

/** The load under which the checks are measured. */
export type Work = { contracts: number; contacts: number; seconds: number; send: Send }

/**
 * Sender checks at a steady rate, in rounds: alone, while an import is at work, and while the events of an import get
 * their numbers after it. "Alone" nothing else works: all is numbered, vacuumed and on the disk. The checks have come
 * for a second when it begins, as the code of checks and imports has run before. CHECKS is how many come in a second,
 * ROUNDS how often each is measured.
 */
export async function checksBesideImport(database: BenchDatabase, service: BenchService, work: Work): Promise<void> {
  await work.send(service, registryFile(500, 'p0'), 'application/x-ndjson')
  await checks(service, work)
  const rounds: Round[] = []
  for (let number = 1; number <= ROUNDS; number++) {
    const round = await measureRound(database, service, work, `p${number}`)
    rounds.push(round)
    console.log(`sender checks at ${RATE}/s, p50 and p99 in ms: ${Object.entries(round).map(timesText).join(', ')}`)
  }
  for (const beside of ['import', 'numbering'] as const) {
    const [p50, p99] = (['p50_ms', 'p99_ms'] as const).map(
      of => median(rounds.map(round => round[beside][of])) / median(rounds.map(({ alone }) => alone[of])),
    )
    console.log(`  beside ${beside}: p99 ${p99!.toFixed(2)} × (≤ ${WANTED}), p50 ${p50!.toFixed(2)} ×`)
  }
}

async function measureRound(
  database: BenchDatabase,
  service: BenchService,
  work: Work,
  letter: string,
): Promise<Round> {
  await settled(database)
  const alone = await checks(service, work)
  let ended_at: number | undefined
  const file = registryFile(work.contracts, letter)
  const importing = work.send(service, file, 'application/x-ndjson').then(() => (ended_at = performance.now()))
  await atWork(service)
  const before = await rowsDone(service)
  const since = performance.now()
  const beside = await checks(service, work)
  if (ended_at !== undefined) console.log('  the import was over before the checks were: more CONTRACTS are needed')
  const rows = ((await rowsDone(service)) - before) / ((performance.now() - since) / 1000)
  console.log(`  meanwhile the import did ${rows.toFixed(0)} rows/s`)
  await importing
  const numbering = await checks(service, work)
  if (!(await hasBacklog(database))) console.log('  all was numbered before the checks were over')
  return { alone, import: beside, numbering }
}

function timesText([name, { p50_ms, p99_ms }]: [string, Times]): string {
  return `${name} ${p50_ms.toFixed(1)} ${p99_ms.toFixed(1)}`
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}

/** The times of checks that have come for a second before. */
async function checks(service: BenchService, work: Work): Promise<Times> {
  await checksFor(service, work, 1)
  return await checksFor(service, work, work.seconds)
}

async function checksFor({ origin }: BenchService, { contacts }: Work, seconds: number): Promise<Times> {
  let asked = 0
  return (await steadyRate(
    {
      origin,
      path: '/v1/sender-checks',
      headers: HEADERS,
      body: () => JSON.stringify({ from: syntheticAddress(1 + ((asked += 7919) % contacts)) }),
    },
    RATE,
    seconds,
  )) as Times
}

async function rowsDone(service: BenchService): Promise<number> {
  const { body } = await service.call('GET', '/v1/imports?limit=1')
  return body.items[0]?.rows.done ?? 0
}

/** Waits until rows of the newest import are done. */
async function atWork(service: BenchService): Promise<void> {
  for (;;) {
    const { body } = await service.call('GET', '/v1/imports?limit=1')
    if (body.items[0]?.state === 'running') return
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}
