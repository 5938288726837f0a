import t from 'tap'
import { putContract, putCustomer, register } from '../../helpers/fixtures.ts'
import { brokenInvariants } from '../../helpers/registry-invariants.ts'
import { recordEnds, renewed } from '../../helpers/renewals.ts'
import { testService } from '../../helpers/test-service.ts'

const service = await testService(t)
const { call, clock, database } = service
clock.set('2026-03-20T01:00:00.000Z', '2026-03-20')

let minutes = 0
/** Later on the same day. */
const later = () =>
  clock.set(new Date(Date.parse('2026-03-20T01:00:00.000Z') + ++minutes * 60_000).toISOString(), '2026-03-20')
const transfer = async (contract_ids: string[], to_customer_id: string) =>
  await call('POST', '/v1/transfers', { contract_ids, to_customer_id })
const read = async (path: string): Promise<any> => (await call('GET', path)).body
const check = async (from: string, fields: object = {}) =>
  (await call('POST', '/v1/sender-checks', { from, ...fields })).body
const sheetOf = async (customer_id: string, as_of?: string) =>
  await read(
    `/v1/customers/${customer_id}/registration?purpose=inquiries${as_of === undefined ? '' : `&as_of=${as_of}`}`,
  )
const accountOf = async (contact: any) => await read(`/v1/support-accounts/${contact.account_id}`)

t.test('R36: contracts go to another customer together, with their contacts and accounts', async t => {
  const contacts = await renewed(service, 'merged')
  await register(call, 'merged-2', { role: 'primary', family_name: '岡', email: contacts[0].email })
  const left = await register(call, 'merged-1', { family_name: '前', email: 'left@merged.example.jp' })
  await call('DELETE', `/v1/contacts/${left.contact_id}`)
  await putCustomer(call, 'merger', '株式会社合併')
  const password = clock.now()
  later()
  const plan = await call('POST', '/v1/transfers/plan', {
    contract_ids: ['merged-2', 'merged-1'],
    to_customer_id: 'merger',
  })
  t.match(plan.body, { feasible: true, contracts: [{ contract_id: 'merged-1' }, { contract_id: 'merged-2' }] })
  const done = await transfer(['merged-2', 'merged-1', 'merged-2'], 'merger')
  const account_ids = [...new Set(contacts.map(({ account_id }) => account_id))]
  t.match(done, { status: 200, body: { to_customer_id: 'merger', account_ids, superseded_account_ids: [] } })
  t.same(done.body.contracts[0], {
    contract_id: 'merged-1',
    from_customer_id: 'merged',
    contact_ids: contacts.map(({ contact_id }) => contact_id),
  })
  t.same(plan.body.account_ids, done.body.account_ids)
  const roster = await read('/v1/contracts/merged-1/roster')
  t.same(
    roster.contacts,
    contacts.map((contact, n) => ({
      ...contact,
      customer_id: 'merger',
      mailbox_shared: n > 0,
      updated_at: clock.now(),
    })),
  )
  t.match(await read('/v1/contracts/merged-1'), { customer_id: 'merger', updated_at: clock.now() })
  t.match(await accountOf(contacts[0]), { customer_id: 'merger', state: 'open', password_set_at: password })
  t.match(await check(contacts[0].email), { authorised: true, account: { customer_id: 'merger' } })
  t.match(await check(contacts[0].email, { customer_id: 'merged' }), { authorised: false })
  t.match(await read(`/v1/contacts/${left.contact_id}`), { customer_id: 'merged' }, 'who left before stays there')
  t.match(await sheetOf('merger'), { contracts: { length: 2 } })
  t.match(await sheetOf('merged'), { contracts: [] })
  const { items } = await read('/v1/contracts/merged-2/history?limit=2')
  t.match(items, [
    { event: 'contact.changed', source: 'transfer', changed: ['customer_id', 'updated_at'] },
    { event: 'contract.changed', before: { customer_id: 'merged' }, after: { customer_id: 'merger' } },
  ])
  const all = await read('/v1/contracts/merged-1/history?limit=20')
  t.match(
    all.items.filter(({ event }: any) => event === 'support_account.transferred'),
    [{ before: { customer_id: 'merged' }, after: { customer_id: 'merger' } }, {}],
  )
  t.match(await call('DELETE', '/v1/customers/merged'), { status: 409, body: { contract_ids: [] } })
  t.match(await register(call, 'merged-1', { family_name: '後', email: 'new@merged.example.jp' }), {
    customer_id: 'merger',
  })
  t.strictSame(await brokenInvariants(database, clock.today()), {})
})

t.test('R36: a contract without contacts goes too', async t => {
  await putContract(call, 'bare', { customer_id: 'bare' })
  t.match(await transfer(['bare'], 'merger'), {
    status: 200,
    body: { contracts: [{ contact_ids: [] }], account_ids: [] },
  })
  t.equal((await read('/v1/contracts/bare')).customer_id, 'merger')
})

t.test('R26, R36: what is said of a moment before stays what it was', async t => {
  const [oka] = await renewed(service, 'past')
  await putCustomer(call, 'present')
  later()
  const then = clock.now()
  later()
  const answers = async () => ({
    roster: await read(`/v1/contracts/past-1/roster?as_of=${then}`),
    contract: await read(`/v1/contracts/past-1?as_of=${then}`),
    contacts: await read(`/v1/contracts/past-1/contacts?as_of=${then}`),
    former: await sheetOf('past', then),
    next: await sheetOf('present', then),
    sender: await check(oka.email, { as_of: then }),
    narrowed: await check(oka.email, { as_of: then, customer_id: 'past' }),
  })
  const before = await answers()
  t.match(before, { roster: { customer_id: 'past' }, former: { contracts: { length: 2 } }, next: { contracts: [] } })
  t.match(before.sender, { authorised: true, account: { customer_id: 'past' } })
  t.equal((await transfer(['past-1'], 'present')).status, 200)
  later()
  t.strictSame(await answers(), before)
  t.match(await check(oka.email, { as_of: clock.now() }), { authorised: true, account: { customer_id: 'present' } })
  t.equal((await transfer(['past-1'], 'past')).status, 200)
  later()
  t.strictSame(await answers(), before, 'also where the contract is back')
})

t.test('R21, R36: the account that the new customer had at an address stays closed', async t => {
  await putContract(call, 'had-1', { customer_id: 'had' })
  const email = 'oka@taken.example.jp'
  const former = await register(call, 'had-1', { role: 'primary', family_name: '岡', email })
  await call('DELETE', `/v1/contacts/${former.contact_id}`)
  const [oka] = await renewed(service, 'taken')
  t.not(oka.account_id, former.account_id)
  later()
  const done = await transfer(['taken-1'], 'had')
  t.match(done, { status: 200, body: { superseded_account_ids: [former.account_id] } })
  t.match(await accountOf(former), { customer_id: 'had', state: 'closed' })
  t.match(await accountOf(oka), { customer_id: 'had', state: 'open' })
  const back = await register(call, 'had-1', { role: 'primary', family_name: '岡', given_name: '太郎', email })
  t.equal(back.account_id, oka.account_id, 'who comes back has the account that is the customer’s now')
  t.strictSame(await brokenInvariants(database, clock.today()), {})
})

t.test('R28, R36: contracts that have ended serve no contact, and keep what they have', async t => {
  const [ended] = await renewed(service, 'gone', { ends_on: '2026-04-30' })
  const going = await register(call, 'gone-2', { role: 'primary', family_name: '岡', email: ended.email })
  await putCustomer(call, 'heir')
  clock.set('2026-05-01T01:00:00.000Z', '2026-05-01')
  await recordEnds(service)
  const done = await transfer(['gone-2'], 'heir')
  t.match(done, { status: 200, body: { account_ids: [going.account_id] } }, 'only an ended contract stays')
  t.match(await read('/v1/contracts/gone-1/roster'), {
    customer_id: 'gone',
    contacts: [{ customer_id: 'gone' }, {}, {}],
  })
  t.match(await check(ended.email), { authorised: true, contracts: [{ contract_id: 'gone-2' }] })
  t.match(await check(ended.email, { customer_id: 'gone' }), { authorised: false })
  for (const name of ['江藤', '佐々木'])
    await register(call, 'gone-2', { family_name: name, email: ended.email, shared_mailbox: true })
  const alone = { contacts: [{ mailbox_shared: false }, {}, {}] }
  t.match(await read('/v1/contracts/gone-1/roster'), alone, 'R20: nothing of the other customer')
  t.match(await read(`/v1/contracts/gone-1/roster?as_of=${clock.now()}`), alone)
  const revived = await call('PUT', '/v1/contracts/gone-1', {
    customer_id: 'gone',
    product_id: 'manage',
    app_ids: ['attendance'],
    connections: 0,
    starts_on: '2024-04-01',
    ends_on: null,
  })
  t.match(revived, { status: 409, body: { type: '/problems/email-taken' } }, 'R20')
  t.equal((await transfer(['gone-1'], 'heir')).status, 200)
  const succeeded = await succeedWith('gone-1', 'gone-3')
  t.match(succeeded, { status: 200, body: { contacts: [{ account_id: going.account_id }, {}, {}] } }, 'R35')
  await recordEnds(service)
  t.strictSame(await brokenInvariants(database, clock.today()), {})
})

/** Lets a contract of the heir go on under a new one. */
async function succeedWith(from_contract_id: string, to_contract_id: string) {
  await putContract(call, to_contract_id, { customer_id: 'heir' })
  return await call('POST', '/v1/successions', { from_contract_id, to_contract_id })
}
