import { HEADERS, type BenchService } from './bench-service.ts'
import { registryFile, type Send } from './import-speed.ts'
import { steadyRate } from './steady-rate.ts'
import { syntheticAddress } from './synthetic-people.ts'

const RATE = Number(process.env['CHECKS'] ?? 200)

/**
 * The slowest hundredth of sender checks at a steady rate, in milliseconds: alone, and while an import is at work all
 * the time. CHECKS is how many come in a second.
 */
export async function checksBesideImport(
  service: BenchService,
  { contracts, contacts, seconds, send }: { contracts: number; contacts: number; seconds: number; send: Send },
): Promise<void> {
  const check = async () => await checks(service, contacts, seconds)
  await check() // warms up
  const alone = await check()
  let isOver = false
  const importing = send(service, registryFile(contracts, 'p'), 'application/x-ndjson').then(() => (isOver = true))
  await atWork(service)
  const beside = await check()
  const isCovered = !isOver
  await importing
  const after = await check()
  const [without, during] = [(alone['p99_ms']! + after['p99_ms']!) / 2, beside['p99_ms']!]
  console.log(
    `sender checks at ${RATE}/s: p99 ${alone['p99_ms']!.toFixed(1)} and ${after['p99_ms']!.toFixed(1)} ms alone,`,
  )
  console.log(
    `  ${during.toFixed(1)} ms beside an import: ${(during / without).toFixed(2)} × (p50 ${ratioOf('p50_ms')})`,
  )
  if (!isCovered) console.log('  the import was over before the checks were: more CONTRACTS are needed')

  function ratioOf(name: string): string {
    return `${((beside[name]! * 2) / (alone[name]! + after[name]!)).toFixed(2)} ×`
  }
}

async function checks({ origin }: BenchService, contacts: number, seconds: number) {
  let asked = 0
  return await steadyRate(
    {
      origin,
      path: '/v1/sender-checks',
      headers: HEADERS,
      body: () => JSON.stringify({ from: syntheticAddress(1 + ((asked += 7919) % contacts)) }),
    },
    RATE,
    seconds,
  )
}

/** Waits until rows of the newest import are done. */
async function atWork(service: BenchService): Promise<void> {
  for (;;) {
    const { body } = await service.call('GET', '/v1/imports?limit=1')
    if (body.items[0]?.state === 'running') return
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}
