import { mkdir, writeFile } from 'node:fs/promises'
import { startBenchDatabase } from './bench-database.ts'
import { show } from './figures.ts'
import { measurePeers } from './peer-rounds.ts'
import { loadRegistry } from './synthetic-registry.ts'

// Sender checks and registrations beside Directus and beside Express with Prisma, on the same tables with the same rules:
// `node bench/peers-bench.ts`; CONTACTS=1000000 says how large the registry is. Writes bench/results/peers.json.

const CONTACTS = Number(process.env['CONTACTS'] ?? 10_000)
const ROUNDS = Number(process.env['ROUNDS'] ?? 5)
const SECONDS = Number(process.env['SECONDS'] ?? 4)

const database = await startBenchDatabase()
try {
  await loadRegistry(database.url, CONTACTS)
  const figures = await measurePeers(database, { contacts: CONTACTS, rounds: ROUNDS, seconds: SECONDS })
  console.log(`${CONTACTS.toLocaleString('en')} contacts`)
  for (const [what, { targets, times }] of Object.entries(figures)) {
    for (const [name, { per_second, p50_ms, p99_ms }] of Object.entries(targets)) console.log(`  ${`${what}, ${name}`.padEnd(34)} ${show(per_second)} /s, p50 ${show(p50_ms, 2)} ms, p99 ${show(p99_ms, 2)} ms`)
    for (const [name, ratio] of Object.entries(times)) console.log(`  ${`${what}, times ${name}`.padEnd(34)} ${show(ratio, 2)}   at least 3 wanted`)
  }
  await mkdir(new URL('results/', import.meta.url), { recursive: true })
  await writeFile(new URL('results/peers.json', import.meta.url), `${JSON.stringify({ contacts: CONTACTS, rounds: ROUNDS, seconds: SECONDS, ...figures }, null, 2)}\n`)
} finally {
  await database.stop()
}
