import { postmasterIn, usageOf } from './cpu.ts'
import type { BenchDatabase } from './bench-database.ts'
import type { BenchService } from './bench-service.ts'
import { family, given } from './synthetic-people.ts'

/** Sends a file and waits until its import is over. */
export type Send = (service: BenchService, body: string, type: string, query?: string) => Promise<any>

/**
 * Lines of customers with two contracts each, and four contacts on every contract, whose ids and addresses begin with a
 * letter of their own: how fast it comes in counts from the first byte until the last row is done.
 */
export function registryFile(contracts: number, letter: string): string {
  const lines: object[] = []
  for (let n = 1; n <= contracts; n++) {
    const customer_id = `${letter}K${Math.ceil(n / 2)}`
    const contract_id = `${letter}C${n}`
    if (n % 2 === 1) lines.push({ type: 'customer', customer_id, name: `株式会社${letter}${Math.ceil(n / 2)}商事` })
    lines.push({
      type: 'contract',
      contract_id,
      customer_id,
      product_id: 'manage',
      app_ids: [],
      connections: 0,
      starts_on: '2024-04-01',
      ends_on: null,
    })
    for (let place = 1; place <= 4; place++)
      lines.push({
        type: 'contact',
        contract_id,
        role: place === 1 ? 'primary' : 'secondary',
        family_name: family(n * 4 + place),
        given_name: given(n * 4 + place),
        email: `user${n * 4 + place}@${customer_id.toLowerCase()}.example.co.jp`,
        privacy_notice_version: '2024-04',
        registered_at: '2024-04-01T00:00:00Z',
      })
  }
  return `${lines.map(line => JSON.stringify(line)).join('\n')}\n`
}

/** Imports contracts of four contacts each, and says how fast and at what cost. Answers contacts a second. */
export async function importSpeed(
  { folder }: BenchDatabase,
  service: BenchService,
  { contracts, letter, send }: { contracts: number; letter: string; send: Send },
): Promise<number> {
  const file = registryFile(contracts, letter)
  const pids = { service: service.pid, postgres: await postmasterIn(folder) }
  const before = await usageOf(pids)
  const since = performance.now()
  const { rows, state, started_at, ended_at } = await send(service, file, 'application/x-ndjson')
  const seconds = (performance.now() - since) / 1000
  const after = await usageOf(pids)
  const contacts = contracts * 4
  const working = (Date.parse(ended_at) - Date.parse(started_at)) / 1000
  const cpu = (of: 'service' | 'postgres'): number =>
    before === undefined || after === undefined ? Number.NaN : (after[of] - before[of]) / contacts
  console.log(
    `import of ${contracts.toLocaleString('en')} contracts of four contacts: ${state}, ${rows.created} created`,
  )
  console.log(`  ${Math.round(contacts / seconds).toLocaleString('en')} contacts/s (${seconds.toFixed(1)} s,`)
  console.log(`  of which ${working.toFixed(1)} s from the first batch to the last)`)
  console.log(
    `  processor time a contact: service ${cpu('service').toFixed(0)} µs, Postgres ${cpu('postgres').toFixed(0)} µs`,
  )
  return contacts / seconds
}
