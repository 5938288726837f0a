import t from 'tap'
import { person, putContract, register } from '../../helpers/fixtures.ts'
import { historyOf } from '../../helpers/history.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, clock, database } = await testService(t)

const account = async (account_id: string) => (await call('GET', `/v1/support-accounts/${account_id}`)).body
const events = async (id: string) =>
  (await historyOf(database, id)).map(({ event, subject_id }) => `${event} ${subject_id}`).toSorted()
t.beforeEach(() => clock.set('2026-04-01T00:30:00.000Z'))

t.test(
  'R28: a contract ended by billing closes accounts with no other contract, and reinstated opens them again',
  async t => {
    await putContract(call, 'ended')
    await putContract(call, 'goes-on')
    const alone = await register(call, 'ended', { role: 'primary', email: 'alone@end.example.jp' })
    const both = await register(call, 'ended', { family_name: '伊藤', email: 'both@end.example.jp' })
    await register(call, 'goes-on', { role: 'primary', family_name: '伊藤', email: 'both@end.example.jp' })
    t.match(await putContract(call, 'ended', { ends_on: '2026-03-31' }), {
      status: 200,
      body: { state: 'ended', seats: { used: 2 } },
    })
    t.match(await account(alone.account_id), {
      state: 'closed',
      closed_at: '2026-04-01T00:30:00.000Z',
      display_name: null,
      capabilities: [],
      contacts: [],
    })
    t.match(await account(both.account_id), {
      state: 'open',
      closed_at: null,
      contract_ids: ['goes-on'],
      display_name: '伊藤 太郎',
    })

    clock.set('2026-04-02T00:30:00.000Z')
    t.equal((await putContract(call, 'ended', { ends_on: '2027-03-31' })).body.state, 'in_force')
    t.match(await account(alone.account_id), {
      state: 'open',
      closed_at: null,
      display_name: '山田 太郎',
      capabilities: ['email_inquiry', 'notices'],
    })
    t.same((await account(both.account_id)).contract_ids, ['ended', 'goes-on'])
  },
)

t.test('R28: what closes and opens is recorded with the request that ended the contract', async t => {
  await putContract(call, 'recorded')
  const { account_id } = await register(call, 'recorded', { role: 'primary', email: 'recorded@end.example.jp' })
  const terms = {
    app_ids: [],
    connections: 0,
    ends_on: null,
    customer_id: 'customer-1',
    product_id: 'manage',
    starts_on: '2024-04-01',
  }
  await call('PUT', '/v1/contracts/recorded', { ...terms, ends_on: '2026-03-31' }, { 'request-id': 'end' })
  await call('PUT', '/v1/contracts/recorded', { ...terms, ends_on: null }, { 'request-id': 'reinstate' })
  t.same(await events('end'), [
    'contract.changed recorded',
    'contract.ended recorded',
    `support_account.closed ${account_id}`,
  ])
  t.same(await events('reinstate'), [
    'contract.changed recorded',
    'contract.reinstated recorded',
    `support_account.opened ${account_id}`,
  ])
})

t.test("R28: a contract ends with its last day in the vendor's time zone, and its accounts with it", async t => {
  await putContract(call, 'by-date', { ends_on: '2026-04-01' })
  const contact = await register(call, 'by-date', { role: 'primary', email: 'by-date@end.example.jp' })
  clock.set('2026-04-01T14:59:59.999Z', '2026-04-01')
  t.equal((await call('GET', '/v1/contracts/by-date')).body.state, 'in_force', 'the last day is included')
  t.equal((await account(contact.account_id)).state, 'open')
  clock.set('2026-04-01T15:00:00.000Z', '2026-04-02')
  t.equal((await call('GET', '/v1/contracts/by-date')).body.state, 'ended')
  t.match(await account(contact.account_id), { state: 'closed', closed_at: null, capabilities: [], display_name: null })
  t.match(
    (await call('GET', '/v1/contracts?state=ended&limit=200')).body.items.map((item: any) => item.contract_id),
    /by-date/,
  )
  await putContract(call, 'by-date', { ends_on: '2027-04-01' })
  t.match(await account(contact.account_id), { state: 'open', display_name: '山田 太郎' })
})

t.test(
  'R28: no person is registered on a contract that has ended, nor given another address; names and duties still change',
  async t => {
    await putContract(call, 'over')
    const primary = await register(call, 'over', { role: 'primary', email: 'over@end.example.jp' })
    const second = await register(call, 'over', { family_name: '伊藤', email: 'over2@end.example.jp' })
    await putContract(call, 'over', { ends_on: '2026-03-31' })
    const refusal = {
      status: 409,
      body: { type: '/problems/contract-not-in-force', contract_id: 'over', state: 'ended', ends_on: '2026-03-31' },
    }
    t.match(await call('POST', '/v1/contracts/over/contacts', person({ email: 'new@end.example.jp' })), refusal)
    t.match(
      await call('PUT', '/v1/contracts/over/primary', {
        new_contact: person({ email: 'new@end.example.jp' }),
        former_primary: 'removed',
      }),
      refusal,
    )
    t.match(await call('PATCH', `/v1/contacts/${primary.contact_id}`, { email: 'other@end.example.jp' }), refusal)
    t.equal(
      (await call('PATCH', `/v1/contacts/${primary.contact_id}`, { family_name: '山本', duties: ['contract'] })).status,
      200,
    )
    t.match(await call('PUT', '/v1/contracts/over/primary', { contact_id: second.contact_id }), {
      status: 200,
      body: { role: 'primary' },
    })
    t.equal((await call('DELETE', `/v1/contacts/${primary.contact_id}`)).status, 204)
  },
)

t.test('contacts can be registered before a contract starts', async t => {
  await putContract(call, 'future', { starts_on: '2027-01-01' })
  t.equal((await call('GET', '/v1/contracts/future')).body.state, 'not_yet_in_force')
  const { account_id } = await register(call, 'future', { role: 'primary', email: 'future@end.example.jp' })
  t.equal((await account(account_id)).state, 'open')
})

t.test(
  'R20, R28: an address that went to another customer meanwhile stays theirs when the contract comes back',
  async t => {
    await putContract(call, 'lost', { customer_id: 'first' })
    const { account_id } = await register(call, 'lost', { role: 'primary', email: 'moved@end.example.jp' })
    await putContract(call, 'lost', { customer_id: 'first', ends_on: '2026-03-31' })
    await putContract(call, 'found', { customer_id: 'second' })
    const theirs = await register(call, 'found', {
      role: 'primary',
      family_name: '別人',
      email: 'moved@end.example.jp',
    })
    t.not(theirs.account_id, account_id)
    const back = await call('PUT', '/v1/contracts/lost', {
      app_ids: [],
      connections: 0,
      ends_on: null,
      customer_id: 'first',
      product_id: 'manage',
      starts_on: '2024-04-01',
    })
    t.match(back, { status: 409, body: { type: '/problems/email-taken' } })
    t.notMatch(back.text, /別人|second|found/)
    t.equal((await call('GET', '/v1/contracts/lost')).body.state, 'ended')
    t.equal((await account(theirs.account_id)).state, 'open')
  },
)

t.test(
  'R21, R28: an address that the customer registered again meanwhile is one account when the contract comes back',
  async t => {
    await putContract(call, 'paused')
    const before = await register(call, 'paused', { role: 'primary', email: 'paused@end.example.jp' })
    await putContract(call, 'paused', { ends_on: '2026-03-31' })
    await putContract(call, 'meanwhile')
    const again = await register(call, 'meanwhile', { role: 'primary', email: 'paused@end.example.jp' })
    await putContract(call, 'paused', { ends_on: null })
    t.equal((await call('GET', `/v1/contacts/${before.contact_id}`)).body.account_id, again.account_id)
    t.same((await account(again.account_id)).contract_ids, ['paused', 'meanwhile'])
  },
)
