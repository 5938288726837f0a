import type { BenchDatabase } from './bench-database.ts'
import type { BenchService } from './bench-service.ts'
import { person } from './roster-requests.ts'

const RESHUFFLED = 1000

/** What a night costs on which many scheduled change requests are due. */
export async function reshuffle(database: BenchDatabase, service: BenchService): Promise<void> {
  const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10)
  for (let from = 0; from < RESHUFFLED; from += 20)
    await Promise.all(Array.from({ length: 20 }, async (_, index) => await schedule(service, from + index, tomorrow)))
  const alone = await latencies(service, async () => Date.now() - started < 3000)
  await database.run(
    `update change_requests set effective_on = current_date - 1
      where state = 'scheduled'; update pgboss.job set start_after = now() where state = 'created'`,
  )
  started = Date.now()
  const left = async (): Promise<number> =>
    (await service.call('GET', '/v1/change-requests?state=scheduled&limit=1')).body.items.length
  const during = await latencies(service, async () => (await left()) > 0)
  const seconds = (Date.now() - started) / 1000
  console.log(
    `April reshuffle of ${RESHUFFLED} contracts     ${seconds.toFixed(1)} s in one run; a roster read ` +
      `meanwhile: p50 ${quantile(during, 0.5)} ms, p99 ${quantile(during, 0.99)} ms (alone ` +
      `${quantile(alone, 0.5)} and ${quantile(alone, 0.99)} ms)`,
  )
}

/** Makes a contract whose primary is replaced on a day. */
async function schedule(service: BenchService, number: number, day: string): Promise<void> {
  const contract_id = `april-${number}`
  await service.call('PUT', `/v1/contracts/${contract_id}`, {
    app_ids: [],
    connections: 0,
    ends_on: null,
    customer_id: 'customer-1',
    product_id: 'manage',
    starts_on: '2024-04-01',
  })
  const primary = person({ role: 'primary' })
  await service.call('POST', `/v1/contracts/${contract_id}/contacts`, primary)
  const { status, text } = await service.call('POST', '/v1/change-requests', {
    contract_id,
    effective_on: day,
    requested_by: { name: '山田', email: primary.email, channel: 'mail' },
    operations: [{ op: 'make_primary', new_contact: person(), former_primary: 'removed' }],
  })
  if (status !== 201) throw new Error(text)
}

let started = Date.now()

/** How long requests take while something goes on, four at a time. */
async function latencies(service: BenchService, goesOn: () => Promise<boolean>): Promise<number[]> {
  started = Date.now()
  const taken: number[] = []
  const over = new AbortController()
  const ask = async (): Promise<void> => {
    while (!over.signal.aborted) {
      const since = performance.now()
      await service.call('GET', `/v1/contracts/april-${Math.floor(Math.random() * RESHUFFLED)}/roster`)
      taken.push(performance.now() - since)
    }
  }
  const asking = Array.from({ length: 4 }, ask)
  while (await goesOn()) await new Promise(resolve => setTimeout(resolve, 100))
  over.abort()
  await Promise.all(asking)
  return taken
}

function quantile(values: readonly number[], share: number): string {
  return (values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0).toFixed(1)
}
