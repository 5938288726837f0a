import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { pgbench, startBenchDatabase, type BenchDatabase } from './bench-database.ts'
import { BENCH_AUTHORIZATION, memoryOf, startBenchService, type BenchService } from './bench-service.ts'
import { figuresOf, show, type Figures } from './figures.ts'
import { loadRegistry, syntheticAddress } from './synthetic-registry.ts'
import { wrk, type Load } from './wrk.ts'

// Sender checks at several sizes of the registry, beside a bare Fastify route, Kysely as it comes, and pgbench with the
// same statement: `node bench/senders.ts`, part of `npm run bench`; SIZES=10000,1000000 says which. Targets alternate round by round; what counts is the
// ratio. Writes bench/results/senders.json.

const SIZES = (process.env['SIZES'] ?? '10000,1000000').split(',').map(Number)
const ROUNDS = Number(process.env['ROUNDS'] ?? 5)
const SECONDS = Number(process.env['SECONDS'] ?? 4)

type Round = { check: Load, memory: number, hundred: Load, constant: Load, kysely: Load, pgbench: number }

/** Lua for the address of a random contact, as `syntheticAddress` makes it: the ones that share a mailbox ask as the first. */
const luaAddress = (contacts: number): string => `(function()
  local n = math.random(1, ${contacts}); local contract = math.ceil(n / 4)
  if n % 4 == 0 and contract % 5 == 0 then n = n - 1 end
  if n % 50 == 1 then return "user" .. n .. "@gmail.com" end
  return "user" .. n .. "@c" .. math.ceil(math.ceil(n / 4) / 2) .. ".example.co.jp" end)()`

const one = (contacts: number): string => `'{"address":"' .. ${luaAddress(contacts)} .. '"}'`
const hundred = (contacts: number): string => `(function() local all = {}; for i = 1, 100 do all[i] = '"' .. ${luaAddress(contacts)} .. '"' end; return '{"addresses":[' .. table.concat(all, ',') .. ']}' end)()`

const pgbenchScript = (contacts: number): string => `
\\set c random(1, ${Math.floor(contacts / 4)})
\\set n 4 * :c - 2
\\set k (:c + 1) / 2
select account.email_key, account.account_id, account.customer_id, account.email, contact.contact_id, contact.contract_id, contact.role, contact.duties,
  contact.family_name, contact.given_name, contact.registered_at, contract.product_id, contract.starts_on, contract.ends_on
from support_accounts account join contacts contact on contact.account_id = account.account_id and contact.removed_at is null
  join contracts contract on contract.contract_id = contact.contract_id
where account.email_key = 'user' || :n::text || '@c' || :k::text || '.example.co.jp' and account.closed_at is null;
`

async function startTargets (database_url: string, constant: object): Promise<{ origin: string, stop(): Promise<void> }> {
  const child = spawn(process.execPath, ['bench/plain-targets.ts'], { env: { ...process.env, NODE_ENV: 'production', DATABASE_URL: database_url, CONSTANT: JSON.stringify(constant) }, stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(child.stdout, 'data') as [Buffer]
  return { origin: line.toString().trim().replace(/\/$/, ''), stop: async () => { child.kill(); await once(child, 'exit') } }
}

async function rounds (database: BenchDatabase, service: BenchService, contacts: number): Promise<Round[]> {
  const sample = await service.call('POST', '/v1/sender-checks', { address: syntheticAddress(2) })
  if (sample.body.authorised !== true) throw new Error(sample.text)
  const targets = await startTargets(database.url, sample.body)
  try {
    const measured: Round[] = []
    for (let round = -1; round < ROUNDS; round++) {
      const seconds = round < 0 ? 2 : SECONDS // the first round warms code, plans and pages
      const check = await wrk(`${service.origin}/v1/sender-checks`, BENCH_AUTHORIZATION, one(contacts), 32, seconds)
      const memory = await memoryOf(service.pid) ?? 0
      const constant = await wrk(`${targets.origin}/constant`, BENCH_AUTHORIZATION, one(contacts), 32, seconds)
      const kysely = await wrk(`${targets.origin}/kysely`, BENCH_AUTHORIZATION, one(contacts), 32, seconds)
      const batch = await wrk(`${service.origin}/v1/sender-checks`, BENCH_AUTHORIZATION, hundred(contacts), 1, seconds)
      const plain = await pgbench(database, pgbenchScript(contacts), 8, seconds)
      if (round >= 0) measured.push({ check, memory, constant, kysely, hundred: batch, pgbench: plain })
    }
    return measured
  } finally {
    await targets.stop()
  }
}

type Summary = Record<'checks per second' | 'p50 ms' | 'p99 ms' | 'of bare Fastify' | 'of pgbench' | 'times Kysely' | 'hundred at once, of one' | 'memory MB' | 'load s' | 'bytes a contact', Figures>

async function measure (contacts: number): Promise<Summary> {
  const database = await startBenchDatabase()
  try {
    const loaded = await loadRegistry(database.url, contacts)
    const bytes = await database.number('select pg_database_size(current_database())')
    const service = await startBenchService(database.url)
    try {
      const measured = await rounds(database, service, contacts)
      const alone = await wrk(`${service.origin}/v1/sender-checks`, BENCH_AUTHORIZATION, one(contacts), 1, SECONDS)
      const of = (value: (round: Round) => number): Figures => figuresOf(measured.map(value))
      return {
        'checks per second': of(({ check }) => check.per_second),
        'p50 ms': of(({ check }) => check.p50_ms),
        'p99 ms': of(({ check }) => check.p99_ms),
        'of bare Fastify': of(({ check, constant }) => check.per_second / constant.per_second),
        'of pgbench': of(round => round.check.per_second / round.pgbench),
        'times Kysely': of(({ check, kysely }) => check.per_second / kysely.per_second),
        'hundred at once, of one': of(round => round.hundred.p50_ms / alone.p50_ms),
        'memory MB': of(({ memory }) => memory),
        'load s': figuresOf([loaded]),
        'bytes a contact': figuresOf([bytes / contacts])
      }
    } finally {
      await service.stop()
    }
  } finally {
    await database.stop()
  }
}

const results: Record<string, Summary> = {}
for (const size of SIZES) {
  const summary = await measure(size)
  results[size] = summary
  console.log(`${size.toLocaleString('en')} contacts`)
  for (const [name, figures] of Object.entries(summary)) console.log(`  ${name.padEnd(26)} ${show(figures, figures.median < 100 ? 2 : 0)}`)
}
await mkdir(new URL('results/', import.meta.url), { recursive: true })
await writeFile(new URL('results/senders.json', import.meta.url), `${JSON.stringify({ rounds: ROUNDS, seconds: SECONDS, sizes: results }, null, 2)}\n`)
