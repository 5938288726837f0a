import { startBenchDatabase } from './bench-database.ts'
import { startBenchService, type BenchService } from './bench-service.ts'
import { figuresOf, show } from './figures.ts'
import { person, put } from './roster-requests.ts'

// What it costs to move 300 contracts with 1,200 contacts to another customer in one request, and back:
// `node bench/mergers.ts`.

const ROUNDS = Number(process.env['ROUNDS'] ?? 5)
const CONTRACTS = 300
const CONTACTS = 4

async function fill(service: BenchService): Promise<string[]> {
  const contract_ids = Array.from({ length: CONTRACTS }, (_, index) => `merged-${index + 1}`)
  for (const contract_id of contract_ids) {
    await service.call('PUT', `/v1/contracts/${contract_id}`, {
      app_ids: [],
      ends_on: null,
      customer_id: 'customer-1',
      product_id: 'manage',
      connections: 0,
      starts_on: '2024-04-01',
    })
    const people = Array.from({ length: CONTACTS }, (_, index) =>
      person({ role: index === 0 ? 'primary' : 'secondary' }),
    )
    const { status, text } = await service.call(...put(contract_id, people))
    if (status !== 200) throw new Error(text)
  }
  return contract_ids
}

const database = await startBenchDatabase()
try {
  for (const customer_id of ['customer-1', 'customer-2'])
    await database.run(`insert into customers (customer_id, name) values ('${customer_id}', '株式会社青空商事')`)
  const service = await startBenchService(database)
  try {
    const contract_ids = await fill(service)
    const times: number[] = []
    for (let round = 0; round < 2 * ROUNDS; round++) {
      const to_customer_id = round % 2 === 0 ? 'customer-2' : 'customer-1'
      const since = performance.now()
      const { status, text } = await service.call('POST', '/v1/transfers', { contract_ids, to_customer_id })
      if (status !== 200) throw new Error(text)
      times.push(performance.now() - since)
    }
    console.log(`the first merger    ${times[0]?.toFixed(0)} ms   at most 5,000 wanted`)
    console.log(`a merger            ${show(figuresOf(times), 0)} ms`)
  } finally {
    await service.stop()
  }
} finally {
  await database.stop()
}
