import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { chartOf } from './chart.ts'
import { measurePeers, SERVICE } from './peer-speed.ts'
import { measureRegistry } from './registry-speed.ts'
import { compare, comparisonText, type Ratio, type Results } from './results.ts'

// `npm run bench`: sender checks, registrations and reads at several sizes of the registry, against what they are to be
// measured by, in one run on one machine. Absolute figures move from machine to machine: what counts are the ratios.
//   SIZES=10000,1000000   contacts in the registry   ROUNDS=5, SECONDS=3   how often and how long each target is
// measured
//   PEERS=1   also against Directus and Express with Prisma, which are installed for it (1 GB), at the smallest size
//   ONLY='check;bare Fastify'   only these targets   BENCH_DIR=/big/disk   where the databases go
// Writes bench/results/benchmark.json and benchmark.svg.

const SIZES = (process.env['SIZES'] ?? '10000,1000000').split(',').map(Number)
const OPTIONS = {
  rounds: Number(process.env['ROUNDS'] ?? 5),
  seconds: Number(process.env['SECONDS'] ?? 3),
  only: process.env['ONLY']?.split(';'),
}

const RATIOS: readonly Ratio[] = [
  {
    name: 'checks, of bare Fastify',
    of: ['check', 'per_second'],
    to: ['bare Fastify', 'per_second'],
    wanted: '≥ 0.20, aim 0.35',
  },
  {
    name: 'checks, of pgbench -M prepared',
    of: ['check', 'per_second'],
    to: ['check, pgbench', 'per_second'],
    wanted: '',
  },
  {
    name: 'checks, of Kysely as it comes',
    of: ['check', 'per_second'],
    to: ['check, Kysely as it comes', 'per_second'],
    wanted: '≥ 3, aim 5',
  },
  {
    name: '100 addresses, of one (p50, alone)',
    of: ['hundred, alone', 'p50_ms'],
    to: ['check, alone', 'p50_ms'],
    wanted: '≤ 10',
  },
  {
    name: "p99 at 500/s, of bare Fastify's",
    of: ['check, 500/s', 'p99_ms'],
    to: ['bare Fastify, 500/s', 'p99_ms'],
    wanted: '',
  },
  { name: 'rosters, of checks', of: ['roster', 'per_second'], to: ['check', 'per_second'], wanted: '≥ 0.6' },
  {
    name: 'contract lists, of checks',
    of: ['contract list', 'per_second'],
    to: ['check', 'per_second'],
    wanted: '≥ 0.6',
  },
  {
    name: 'registrations, of pgbench',
    of: ['registration', 'per_second'],
    to: ['registration, pgbench', 'per_second'],
    wanted: '≥ 0.40, aim 0.65',
  },
  {
    name: 'one hot contract, of registrations',
    of: ['one hot contract', 'per_second'],
    to: ['registration', 'per_second'],
    wanted: '≥ 0.5',
  },
]

const PEER_RATIOS: readonly Ratio[] = ['check', 'registration'].flatMap(what =>
  ['Directus', 'Express with Prisma'].map(peer => ({
    name: `${what}s, times ${peer}`,
    of: [`${what}, ${SERVICE}`, 'per_second'] as const,
    to: [`${what}, ${peer}`, 'per_second'] as const,
    wanted: '≥ 3',
  })),
)

const results: Results = {
  taken_at: new Date().toISOString(),
  machine:
    `${cpus().length} × ${cpus()[0]?.model ?? '?'}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ` + process.version,
  rounds: OPTIONS.rounds,
  seconds: OPTIONS.seconds,
  sizes: {},
}
const heading = (contacts: number): string =>
  `\n${contacts.toLocaleString('en')} contacts: median (least–greatest) of ${OPTIONS.rounds} rounds`

for (const size of SIZES) {
  const { samples, ...rest } = await measureRegistry(size, OPTIONS)
  const { growth, memory_mb, started_ms } = rest
  const comparison = compare(samples, RATIOS)
  results.sizes[size] = { ...comparison, ...rest }
  console.log(`${heading(size)}\n${comparisonText(comparison, RATIOS)}`)
  console.log(
    `  started in ${started_ms.toFixed(0)} ms; memory ${memory_mb.idle.toFixed(0)} MB idle, ` +
      `${memory_mb.checks.toFixed(0)} MB under checks, ${memory_mb.end.toFixed(0)} MB in the end`,
  )
  console.log(
    `  ${Object.entries(growth)
      .map(([name, value]) => `${name} ${value.toFixed(value < 100 ? 1 : 0)}`)
      .join(', ')}`,
  )
}

const [smallest, largest] = [SIZES.at(0)!, SIZES.at(-1)!].map(
  size => results.sizes[size]!.targets['check']?.['p99_ms']?.median,
)
if (smallest !== undefined && largest !== undefined && SIZES.length > 1)
  console.log(`\np99 of checks, largest registry to smallest   × ${(largest / smallest).toFixed(2)}   ≤ 1.3`)

if (process.env['PEERS'] === '1') {
  const contacts = SIZES[0]!
  const comparison = compare(await measurePeers(contacts, OPTIONS), PEER_RATIOS)
  results.peers = { contacts, ...comparison }
  console.log(`${heading(contacts)}, beside peers\n${comparisonText(comparison, PEER_RATIOS)}`)
}

const folder = new URL('results/', import.meta.url)
await mkdir(folder, { recursive: true })
await writeFile(new URL('benchmark.json', folder), `${JSON.stringify(results, null, 2)}\n`)
await writeFile(new URL('benchmark.svg', folder), chartOf(results))
