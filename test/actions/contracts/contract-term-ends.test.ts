import t from 'tap'
import { putContract, register } from '../../helpers/fixtures.ts'
import { historyOf } from '../../helpers/history.ts'
import { testService } from '../../helpers/test-service.ts'
import { endContract } from '#actions/contracts/end-contract.ts'

const { call, clock, context, database } = await testService(t)
const end = async (contract_id: string, request_id: string): Promise<void> =>
  await endContract(context, contract_id, { actor: 'madoguchi', request_id, source: 'job' as const })
const account = async (account_id: string) => (await call('GET', `/v1/support-accounts/${account_id}`)).body
const events = async (id: string) =>
  (await historyOf(database, id)).map(({ event, subject_id }) => `${event} ${subject_id}`).toSorted()
t.beforeEach(() => clock.set('2026-04-01T00:30:00.000Z'))

t.test(
  'R21, R28: the next person gets the account of a contract that ran out by date, without its password',
  async t => {
    await putContract(call, 'ran-out', { ends_on: '2026-04-30' })
    await putContract(call, 'next')
    const gone = await register(call, 'ran-out', { role: 'primary', email: 'desk@ran-out.example.jp' })
    await call('PATCH', `/v1/support-accounts/${gone.account_id}`, { password_set_at: '2026-04-01T00:30:00Z' })
    clock.set('2026-05-02T00:30:00.000Z')
    const next = await register(call, 'next', {
      role: 'primary',
      family_name: '伊藤',
      email: 'desk@ran-out.example.jp',
    })
    t.equal(next.account_id, gone.account_id)
    t.match(await account(next.account_id), {
      state: 'open',
      display_name: '伊藤 太郎',
      password_set_at: null,
      opened_at: '2026-04-01T00:30:00.000Z',
      in_use_since: '2026-05-02T00:30:00.000Z',
      residual_access: [{ contact_id: gone.contact_id }],
      capabilities: ['email_inquiry', 'notices'],
    })
  },
)

t.test('R28: a contract that ran out by date and goes on keeps its account', async t => {
  await putContract(call, 'goes-on-late', { ends_on: '2026-04-30' })
  const contact = await register(call, 'goes-on-late', { role: 'primary', email: 'late@end.example.jp' })
  clock.set('2026-05-02T00:30:00.000Z')
  await putContract(call, 'goes-on-late', { ends_on: '2027-04-30' })
  t.match(await account(contact.account_id), { state: 'open', display_name: '山田 太郎' })
  t.equal((await call('GET', `/v1/contacts/${contact.contact_id}`)).body.account_id, contact.account_id)
})

t.test(
  'R28: the end of a contract that runs out is recorded once, with its reason, also where it has no contacts',
  async t => {
    await putContract(call, 'nobody', { ends_on: '2026-04-01' })
    clock.set('2026-04-01T14:59:59.999Z', '2026-04-01')
    await end('nobody', 'early')
    t.same(await events('early'), [], 'not on its last day')
    clock.set('2026-04-01T15:00:00.000Z', '2026-04-02')
    await Promise.all(['once', 'once', 'once'].map(async request_id => await end('nobody', request_id)))
    t.match(await historyOf(database, 'once'), [
      {
        actor: 'madoguchi',
        event: 'contract.ended',
        subject_id: 'nobody',
        occurred_at: '2026-04-01T15:00:00.000Z',
        after: { ends_on: '2026-04-01', reason: 'term_ended' },
      },
    ])
    await end('nothing', 'unknown')
    t.same(await events('unknown'), [])
  },
)

t.test(
  'R28: billing that ends a contract records that itself, and the job of its former end finds nothing to do',
  async t => {
    await putContract(call, 'shortened', { ends_on: '2026-04-30' })
    await call(
      'PUT',
      '/v1/contracts/shortened',
      {
        app_ids: [],
        connections: 0,
        customer_id: 'customer-1',
        product_id: 'manage',
        starts_on: '2024-04-01',
        ends_on: '2026-03-31',
      },
      { 'request-id': 'shorten' },
    )
    t.match((await historyOf(database, 'shorten')).at(-1), {
      event: 'contract.ended',
      after: { ends_on: '2026-03-31', reason: 'ended_by_billing' },
    })
    clock.set('2026-05-01T00:00:00.000Z')
    await end('shortened', 'after-shorten')
    t.same(await events('after-shorten'), [])
  },
)

t.test(
  'R28: a contract that ran out and was changed by billing before its job ran ends once, or not at all',
  async t => {
    const terms = {
      app_ids: [],
      connections: 0,
      ends_on: null,
      customer_id: 'customer-1',
      product_id: 'manage',
      starts_on: '2024-04-01',
    }
    for (const contract_id of ['still-over', 'back-again'])
      await putContract(call, contract_id, { ends_on: '2026-04-01' })
    const { account_id } = await register(call, 'back-again', { role: 'primary', email: 'back-again@end.example.jp' })
    clock.set('2026-04-02T00:30:00.000Z')
    await call('PUT', '/v1/contracts/still-over', { ...terms, ends_on: '2026-03-31' }, { 'request-id': 'still-over' })
    t.same(await events('still-over'), ['contract.changed still-over'])
    await call('PUT', '/v1/contracts/back-again', { ...terms, ends_on: '2026-04-30' }, { 'request-id': 'back-again' })
    t.same(await events('back-again'), [
      'contract.changed back-again',
      'contract.reinstated back-again',
      `support_account.changed ${account_id}`,
    ])
    for (const contract_id of ['still-over', 'back-again']) await end(contract_id, `job of ${contract_id}`)
    t.match(await historyOf(database, 'job of still-over'), [
      { event: 'contract.ended', after: { ends_on: '2026-03-31', reason: 'term_ended' } },
    ])
    t.same(await events('job of back-again'), [])
    t.equal((await account(account_id)).state, 'open')
    clock.set('2026-05-01T00:30:00.000Z')
    await end('back-again', 'its new end')
    t.same(await events('its new end'), ['contract.ended back-again', `support_account.closed ${account_id}`])
  },
)

t.test(
  'R21, R28: people who came to the address of a contract that had run out stay when its end is recorded',
  async t => {
    await putContract(call, 'passed-on', { ends_on: '2026-04-30' })
    await putContract(call, 'heir', { ends_on: '2026-05-31' })
    const gone = await register(call, 'passed-on', { role: 'primary', email: 'desk@passed-on.example.jp' })
    clock.set('2026-05-02T00:30:00.000Z')
    const next = await register(call, 'heir', {
      role: 'primary',
      family_name: '伊藤',
      email: 'desk@passed-on.example.jp',
    })
    await end('passed-on', 'passed-on')
    t.same(await events('passed-on'), ['contract.ended passed-on'])
    t.match(await account(next.account_id), {
      state: 'open',
      display_name: '伊藤 太郎',
      residual_access: [{ contact_id: gone.contact_id }],
    })
    t.equal((await call('GET', `/v1/contacts/${gone.contact_id}`)).body.account_id, gone.account_id)
  },
)

t.test('R28: of two contracts that ran out with one address, each closes the account of its own', async t => {
  await putContract(call, 'earlier', { ends_on: '2026-04-30' })
  await putContract(call, 'later', { ends_on: '2026-05-31' })
  await register(call, 'earlier', { role: 'primary', email: 'desk@two.example.jp' })
  clock.set('2026-05-02T00:30:00.000Z')
  const { account_id } = await register(call, 'later', {
    role: 'primary',
    family_name: '伊藤',
    email: 'desk@two.example.jp',
  })
  clock.set('2026-06-01T00:30:00.000Z')
  await end('earlier', 'earlier')
  t.same(await events('earlier'), ['contract.ended earlier'])
  await end('later', 'later')
  t.same(await events('later'), ['contract.ended later', `support_account.closed ${account_id}`])
})

t.test('a contract without an end in sight may say so by the last day that is taken', async t => {
  t.match(await putContract(call, 'for-ever', { ends_on: '2999-12-31' }), {
    status: 201,
    body: { state: 'in_force', ends_on: '2999-12-31' },
  })
})
