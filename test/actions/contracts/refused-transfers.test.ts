import t from 'tap'
import { person, putContract, putCustomer, register } from '../../helpers/fixtures.ts'
import { rowCounts } from '../../helpers/history.ts'
import { brokenInvariants } from '../../helpers/registry-invariants.ts'
import { renewed } from '../../helpers/renewals.ts'
import { roundTripProxy } from '../../helpers/round-trip-proxy.ts'
import { openPool } from '../../helpers/test-database.ts'
import { instanceOn, testService } from '../../helpers/test-service.ts'

const service = await testService(t)
const { call, clock, database } = service
clock.set('2026-03-20T01:00:00.000Z', '2026-03-20')

const transfer = async (contract_ids: string[], to_customer_id: string) =>
  await call('POST', '/v1/transfers', { contract_ids, to_customer_id })
const planOf = async (contract_ids: string[], to_customer_id: string) =>
  await call('POST', '/v1/transfers/plan', { contract_ids, to_customer_id })

t.test('R20, R36: an address on both sides is refused with its contacts by id, and nothing moves', async t => {
  const [oka, ito, sato] = await renewed(service, 'stays')
  const elsewhere = await register(call, 'stays-2', { role: 'primary', family_name: '岡', email: oka.email })
  const sharer = await register(call, 'stays-2', { family_name: '渡辺', email: ito.email, shared_mailbox: true })
  await putContract(call, 'stays-3', { customer_id: 'stays' })
  await putCustomer(call, 'splitter')
  const before = await rowCounts(database)
  const refused = await transfer(['stays-1', 'stays-3'], 'splitter')
  t.match(refused, { status: 409, body: { type: '/problems/address-stays-behind', count: 5 } })
  t.same(
    new Set(refused.body.contacts.map(({ contact_id }: any) => contact_id)),
    new Set([oka, ito, sato, elsewhere, sharer].map(({ contact_id }) => contact_id)),
  )
  t.notMatch(refused.text, /@/, 'no address is named')
  t.same(await rowCounts(database), before)
  t.match(await call('GET', '/v1/contracts/stays-3'), { body: { customer_id: 'stays' } })
  const plan = await planOf(['stays-1', 'stays-3'], 'splitter')
  t.match(plan.body, {
    feasible: false,
    contracts: [{ problems: [{ type: '/problems/address-stays-behind', contract_id: 'stays-1' }] }, { problems: [] }],
  })
  await call('DELETE', `/v1/contacts/${sharer.contact_id}`)
  t.match(await transfer(['stays-1'], 'splitter'), { status: 409, body: { count: 2 } })
  t.equal((await transfer(['stays-1', 'stays-2'], 'splitter')).status, 200, 'together they may go')
  t.strictSame(await brokenInvariants(database, clock.today()), {})
})

t.test('R36: what is unknown, or the customer’s already, is refused by name; PUT keeps the customer', async t => {
  await renewed(service, 'named')
  await putCustomer(call, 'other')
  t.match(await transfer(['named-1', 'nowhere'], 'nobody'), {
    status: 422,
    body: { references: [{ pointer: '#/contract_ids/1' }, { pointer: '#/to_customer_id', id: 'nobody' }] },
  })
  t.match(await transfer(['named-1', 'named-2'], 'named'), {
    status: 409,
    body: { type: '/problems/state-conflict', because: 'same_customer', problems: { length: 2 } },
  })
  t.equal((await transfer([], 'other')).status, 400)
  t.equal((await planOf(['nowhere'], 'other')).status, 422)
  const { seats: _seats, ...terms } = (await call('GET', '/v1/contracts/named-1')).body
  const put = await call('PUT', '/v1/contracts/named-1', { ...terms, customer_id: 'other' })
  t.match(put, { status: 409, body: { type: '/problems/customer-fixed', next: { path: '/v1/transfers' } } })
})

t.test('R36: a merger of 300 contracts with 1,200 contacts costs at most 20 round trips', async t => {
  await putContract(call, 'whole-1', { customer_id: 'whole' })
  await putCustomer(call, 'acquirer')
  const proxy = await roundTripProxy(t, service.url)
  const counted = openPool(t, proxy.url, 1)
  const instance = await instanceOn(t, { url: proxy.url, owner_url: service.owner_url, database: counted }, clock)
  await fill(300, 4)
  const contract_ids = Array.from({ length: 300 }, (_, n) => `whole-${n + 1}`)
  const send = async (to_customer_id: string) =>
    await instance.call('POST', '/v1/transfers', { contract_ids, to_customer_id })
  const costs: number[] = []
  for (const to_customer_id of ['acquirer', 'whole', 'acquirer', 'whole', 'acquirer']) {
    const before = proxy.statements()
    const done = await send(to_customer_id)
    costs.push(proxy.statements() - before)
    t.match(done, { status: 200, body: { contracts: { length: 300 }, account_ids: { length: 1200 } } })
  }
  // Between them the service asks for its own sake, whether its connections live for instance.
  const cost = Math.min(...costs)
  t.ok(cost >= 2 && cost <= 20, `${costs} statements, of which several share a round trip`)
  t.strictSame(await brokenInvariants(database, clock.today()), {})
})

/** Contracts `whole-…`, each with so many contacts. */
async function fill(contracts: number, contacts: number): Promise<void> {
  for (let n = 1; n <= contracts; n++) {
    await putContract(call, `whole-${n}`, { customer_id: 'whole' })
    const people = Array.from({ length: contacts }, (_, m) =>
      person({ role: m === 0 ? 'primary' : 'secondary', family_name: `人${m}`, email: `p${n}-${m}@whole.example.jp` }),
    )
    const put = await call('PUT', `/v1/contracts/whole-${n}/roster`, { contacts: people }, { 'if-match': '*' })
    if (put.status !== 200) throw new Error(put.text)
  }
}

t.test('R20, R36: a transfer against registrations on either side leaves an address with one customer', async t => {
  for (let round = 1; round <= 5; round++) {
    const name = `raced-${round}`
    const [oka] = await renewed(service, name)
    await putContract(call, `${name}-their`, { customer_id: `${name}-their` })
    const join = async (contract_id: string) =>
      await call(
        'POST',
        `/v1/contracts/${contract_id}/contacts`,
        person({ role: 'primary', family_name: '岡', email: oka.email }),
      )
    const answers = await Promise.all([
      transfer([`${name}-1`], `${name}-their`),
      join(`${name}-2`),
      join(`${name}-their`),
      transfer([`${name}-1`], `${name}-their`),
    ])
    for (const { status, text } of answers) t.ok([200, 201, 409].includes(status), text)
    t.equal(answers.filter(({ status }) => status === 409).length >= 2, true)
  }
  t.strictSame(await brokenInvariants(database, clock.today()), {})
})
