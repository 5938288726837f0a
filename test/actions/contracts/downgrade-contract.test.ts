import t from 'tap'
import { fillContract, person, putContract, putCustomer, register } from '../../helpers/fixtures.ts'
import { historyOf } from '../../helpers/history.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, clock, database } = await testService(t)
const terms = {
  customer_id: 'customer-1',
  product_id: 'manage',
  app_ids: ['attendance'],
  connections: 0,
  starts_on: '2024-04-01',
  ends_on: null,
}
await putCustomer(call, 'customer-1')
await putCustomer(call, 'customer-2')

t.test(
  'R27: a downgrade is not refused: the contract is over its limit, listed as such, keeps all contacts, and ' +
    'takes no new one',
  async t => {
    const [primary, second] = await fillContract(call, 'down', 5, { app_ids: ['attendance', 'man_hours'] })
    const down = await call('PUT', '/v1/contracts/down', { ...terms, app_ids: [] }, { 'request-id': 'downgrade' })
    t.match(down, { status: 200, body: { seats: { limit: 4, used: 6, available: 0, over: 2 } } })
    t.same(
      (await historyOf(database, 'downgrade')).map(({ event, subject_id }) => [event, subject_id]),
      [
        ['contract.changed', 'down'],
        ['contract.went_over_limit', 'down'],
      ],
    )
    t.equal((await call('GET', '/v1/contracts/down/contacts')).body.items.length, 6)
    const over = async (value: boolean) =>
      (await call('GET', `/v1/contracts?over_limit=${value}&limit=200`)).body.items.map((item: any) => item.contract_id)
    t.same(await over(true), ['down'])
    t.notOk((await over(false)).includes('down'))

    const refused = await call('POST', '/v1/contracts/down/contacts', person({ email: 'new@example.jp' }))
    t.match(refused, {
      status: 409,
      body: { type: '/problems/seat-limit-reached', contract_id: 'down', limit: 4, used: 6, over: 2 },
    })
    const replaced = await call('PUT', '/v1/contracts/down/primary', {
      new_contact: person({ family_name: '新任', email: 'new@example.jp' }),
      former_primary: 'removed',
    })
    t.match(replaced, { status: 200, body: { role: 'primary', name: '新任 太郎' } }, 'a replacement works')
    t.ok((await call('GET', `/v1/contacts/${primary.contact_id}`)).body.removed_at)
    t.match(
      await call('PATCH', `/v1/contacts/${second.contact_id}`, { duties: ['system'] }),
      { status: 200, body: { duties: ['system'] } },
      'a change works',
    )
    t.equal(
      (
        await call('PUT', '/v1/contracts/down/primary', {
          new_contact: person({ family_name: '追加', email: 'more@example.jp' }),
        })
      ).status,
      409,
      'a hand-over that raises the overage does not',
    )
    t.equal((await call('DELETE', `/v1/contacts/${second.contact_id}`)).status, 204, 'a removal works')
    t.match((await call('GET', '/v1/contracts/down')).body.seats, { limit: 4, used: 5, over: 1 })
    t.match(await call('POST', '/v1/contracts/down/contacts', person({ email: 'newer@example.jp' })), {
      status: 409,
      body: { over: 1 },
    })
    const up = await call('PUT', '/v1/contracts/down', { ...terms, app_ids: ['attendance', 'man_hours'] })
    t.match(up.body.seats, { limit: 6, used: 5, available: 1, over: 0 })
    t.equal((await call('POST', '/v1/contracts/down/contacts', person({ email: 'newest@example.jp' }))).status, 201)
  },
)

t.test("a contract that changes its product gets the new product's seats", async t => {
  await call('PUT', '/v1/contracts/moved', terms)
  t.match((await call('PUT', '/v1/contracts/moved', { ...terms, product_id: 'manage_ac' })).body.seats, { limit: 12 })
  t.match(
    (await call('PUT', '/v1/contracts/moved', { ...terms, product_id: 'data_link', connections: 2 })).body.seats,
    { limit: 4 },
  )
})

t.test('the moment of the last change is that of its own fields, and an unchanged PUT leaves it', async t => {
  const put = async (change: object) => (await call('PUT', '/v1/contracts/dated', { ...terms, ...change })).body
  const dated = async (now: string, change: object) => {
    clock.set(now)
    return (await put(change)).updated_at
  }
  t.teardown(() => clock.set('2026-04-01T00:30:00.000Z'))
  t.equal(await dated('2026-04-02T00:00:00.000Z', {}), '2026-04-02T00:00:00.000Z')
  t.equal(await dated('2026-04-03T00:00:00.000Z', {}), '2026-04-02T00:00:00.000Z')
  t.equal(await dated('2026-04-04T00:00:00.000Z', { app_ids: [] }), '2026-04-04T00:00:00.000Z')
  clock.set('2026-04-05T00:00:00.000Z')
  await register(call, 'dated', { role: 'primary', email: 'dated@example.jp' })
  t.match((await call('GET', '/v1/contracts/dated')).body, {
    updated_at: '2026-04-04T00:00:00.000Z',
    registration: 'registered',
  })
})

t.test('contacts stay registered when the contract changes', async t => {
  await putContract(call, 'kept')
  const contact = await register(call, 'kept', { role: 'primary', email: 'kept@example.jp' })
  await call('PUT', '/v1/contracts/kept', { ...terms, connections: 1 })
  t.match(await call('GET', `/v1/contacts/${contact.contact_id}`), { status: 200, body: contact })
  t.match((await call('GET', '/v1/contracts/kept')).body, { registration: 'registered', seats: { used: 1 } })
})
