import t from 'tap'
import { person, putContract, putCustomer } from '../helpers/fixtures.ts'
import { tally } from '../helpers/tally.ts'
import { secondInstance, testService } from '../helpers/test-service.ts'

const service = await testService(t)
const other = await secondInstance(t, service)
const ROUNDS = Array.from({ length: 15 }, (_, round) => round)

t.test('R36: of a deletion and a registration at once, one comes first, and the other is refused', async t => {
  for (const round of ROUNDS) {
    const url = `/v1/contracts/raced-${round}`
    await putContract(service.call, `raced-${round}`)
    const [deleted, registered] = await Promise.all([
      service.call('DELETE', url),
      other.call('POST', `${url}/contacts`, person({ role: 'primary', email: `p${round}@raced.example.jp` })),
    ])
    const outcome = Object.keys(tally([deleted, registered]))
      .toSorted()
      .join()
    t.ok(['204,404 not-found', '201,409 state-conflict'].includes(outcome), outcome)
    t.equal((await service.call('GET', url)).status, deleted.status === 204 ? 404 : 200)
  }
})

t.test('R36: of the deletion of a customer and a first contract at once, one is refused', async t => {
  for (const round of ROUNDS) {
    const customer_id = `customer-${round}`
    await putCustomer(service.call, customer_id)
    const terms = { customer_id, product_id: 'manage', app_ids: [], connections: 0, starts_on: '2024-04-01' }
    const [deleted, fed] = await Promise.all([
      service.call('DELETE', `/v1/customers/${customer_id}`),
      other.call('PUT', `/v1/contracts/first-${round}`, { ...terms, ends_on: null }),
    ])
    const outcome = Object.keys(tally([deleted, fed]))
      .toSorted()
      .join()
    t.ok(['204,422 unknown-reference', '201,409 state-conflict'].includes(outcome), outcome)
  }
})
