import { alternate, type Sample, type Samples, type Target } from './alternating.ts'
import { pgbench, startBenchDatabase, type BenchDatabase } from './bench-database.ts'
import { HEADERS, memoryOf, startBenchService, type BenchService } from './bench-service.ts'
import { postmasterIn, withCpu } from './cpu.ts'
import { measureGrowth, type Growth } from './growth.ts'
import { startPlainService, type PlainService } from './plain-service.ts'
import { checkScript, OPEN_CONTRACTS_SQL, REGISTRATION_SCRIPT, requestsOf } from './requests.ts'
import { steadyRate } from './steady-rate.ts'
import { syntheticAddress } from './synthetic-people.ts'
import { wrk } from './wrk.ts'

/** What a caller's mean and worst moments are, at a rate that mail comes in: 500 checks a second. */
const STEADY_PER_SECOND = 500
const CONNECTIONS = 32
const HOT_SEATS = 100

export type Measured = {
  samples: Samples
  growth: Growth
  memory_mb: { idle: number; checks: number; end: number }
  started_ms: number
}

/**
 * Everything that is measured at one size of the registry, on a database of its own. `only` names targets, where not
 * all are wanted.
 */
export async function measureRegistry(
  contacts: number,
  options: { rounds: number; seconds: number; only?: readonly string[] | undefined },
): Promise<Measured> {
  const database = await startBenchDatabase()
  try {
    const growth = await measureGrowth(database, contacts)
    await database.run(OPEN_CONTRACTS_SQL)
    await database.run('vacuum analyze')
    await database.run('create extension pg_prewarm')
    await database.run(
      `select pg_prewarm(oid) from pg_class where relname ~ '^(support_accounts|contacts|contracts)' and ` +
        `relkind in ('r', 'i')`,
    ) // as after a day of checks
    const service = await startBenchService(database)
    const sample = await service.call('POST', '/v1/sender-checks', { from: syntheticAddress(2) })
    if (sample.body.authorised !== true) throw new Error(sample.text)
    const plain = await startPlainService(database.url, sample.body as object)
    try {
      const memory = { idle: await memoryOf(service.pid), checks: 0 }
      const pids = { service: service.pid, postgres: await postmasterIn(database.folder) }
      const targets = targetsOf({
        database,
        service,
        plain,
        contacts,
        pids,
        onChecked: async () => {
          memory.checks = Math.max(memory.checks, await memoryOf(service.pid))
        },
      })
      const samples = await alternate(
        targets.filter(({ name }) => options.only?.includes(name) ?? true),
        options,
      )
      return {
        samples,
        growth,
        memory_mb: { ...memory, end: await memoryOf(service.pid) },
        started_ms: service.started_ms,
      }
    } finally {
      await plain.stop()
      await service.stop()
    }
  } finally {
    await database.stop()
  }
}

type Rig = {
  database: BenchDatabase
  service: BenchService
  plain: PlainService
  contacts: number
  pids: { service: number; postgres: number }
  onChecked: () => Promise<void>
}

function targetsOf({ database, service, plain, contacts, pids, onChecked }: Rig): Target[] {
  const requests = requestsOf(service, contacts)
  const bare = { ...requests.check(CONNECTIONS), origin: plain.origin }
  const ofPgbench = (script: string) =>
    withCpu(pids, async seconds => ({ per_second: await pgbench(database, script, 8, seconds) }))
  const steadily =
    (origin: string, path: string) =>
    async (seconds: number): Promise<Sample> =>
      await steadyRate(
        {
          origin,
          path,
          headers: HEADERS,
          body: () => JSON.stringify({ address: syntheticAddress(1 + Math.floor(Math.random() * contacts)) }),
        },
        STEADY_PER_SECOND,
        seconds,
      )
  let hot = 0
  return [
    {
      name: 'check',
      measure: withCpu(pids, async seconds => {
        const sample = await wrk(requests.check(CONNECTIONS), seconds)
        await onChecked()
        return sample
      }),
    },
    { name: 'bare Fastify', measure: async seconds => await wrk({ ...bare, path: '"/constant"' }, seconds) },
    { name: 'check, Kysely as it comes', measure: async seconds => await wrk({ ...bare, path: '"/kysely"' }, seconds) },
    { name: 'check, pgbench', measure: ofPgbench(checkScript(contacts)) },
    { name: 'check, alone', measure: async seconds => await wrk(requests.check(1), seconds) },
    { name: 'hundred, alone', measure: withCpu(pids, async seconds => await wrk(requests.hundred(1), seconds)) },
    { name: 'check, 500/s', measure: steadily(service.origin, '/v1/sender-checks') },
    { name: 'bare Fastify, 500/s', measure: steadily(plain.origin, '/constant') },
    { name: 'roster', measure: withCpu(pids, async seconds => await wrk(requests.roster(CONNECTIONS), seconds)) },
    { name: 'contract list', measure: withCpu(pids, async seconds => await wrk(requests.page(CONNECTIONS), seconds)) },
    {
      name: 'registration',
      measure: withCpu(pids, async seconds => await wrk(requests.register(CONNECTIONS), seconds)),
    },
    { name: 'registration, pgbench', measure: ofPgbench(REGISTRATION_SCRIPT) },
    {
      name: 'one hot contract',
      measure: async seconds => {
        const contract_id = `hot-${process.hrtime.bigint()}-${++hot}`
        await service.call('PUT', `/v1/contracts/${contract_id}`, {
          app_ids: [],
          ends_on: null,
          customer_id: 'customer-1',
          product_id: 'data_link',
          connections: HOT_SEATS - 2,
          starts_on: '2024-04-01',
        })
        await service.call('POST', `/v1/contracts/${contract_id}/contacts`, {
          role: 'primary',
          family_name: '佐藤',
          email: `${contract_id}@hot.example.jp`,
          privacy_notice_version: '2025-10',
        })
        const sample = await wrk(requests.hotContract(contract_id, CONNECTIONS), seconds)
        const { seats } = (await service.call('GET', `/v1/contracts/${contract_id}`)).body as {
          seats: { used: number; limit: number }
        }
        if (seats.used !== HOT_SEATS || seats.limit !== HOT_SEATS)
          throw new Error(`the hot contract ended with ${seats.used} of ${seats.limit} seats`)
        return sample
      },
    },
  ]
}
