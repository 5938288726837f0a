import t from 'tap'
import { fillContract, person, putContract, register } from '../../helpers/fixtures.ts'
import { historyOf, rowCounts } from '../../helpers/history.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, clock, database } = await testService(t)
const remove = async ({ contact_id }: { contact_id: string }, headers = {}) =>
  await call('DELETE', `/v1/contacts/${contact_id}`, undefined, headers)
const account = async (account_id: string) => (await call('GET', `/v1/support-accounts/${account_id}`)).body
t.beforeEach(() => clock.set('2026-04-01T00:30:00.000Z'))

t.test('R24: a removal frees the seat, closes the account, and keeps the record readable', async t => {
  const [, second] = await fillContract(call, 'freed', 3)
  clock.set('2026-05-01T00:00:00.000Z')
  const removed = await remove(second, { 'request-id': 'removal' })
  t.match(removed, { status: 204, text: '' })
  t.match((await call('GET', `/v1/contacts/${second.contact_id}`)).body, {
    ...second,
    updated_at: '2026-05-01T00:00:00.000Z',
    removed_at: '2026-05-01T00:00:00.000Z',
  })
  t.notOk(
    (await call('GET', '/v1/contracts/freed/contacts')).body.items.some(
      (contact: any) => contact.contact_id === second.contact_id,
    ),
  )
  t.match((await call('GET', '/v1/contracts/freed')).body.seats, { used: 3, available: 1 })
  t.match(await account(second.account_id), {
    state: 'closed',
    closed_at: '2026-05-01T00:00:00.000Z',
    capabilities: [],
    display_name: null,
  })
  t.same(
    (await historyOf(database, 'removal')).map(({ actor, event, subject_id, occurred_at }) => [
      actor,
      event,
      subject_id,
      occurred_at,
    ]),
    [
      ['test', 'contact.removed', second.contact_id, '2026-05-01T00:00:00.000Z'],
      ['test', 'support_account.closed', second.account_id, '2026-05-01T00:00:00.000Z'],
    ],
  )
  t.equal((await call('POST', '/v1/contracts/freed/contacts', person({ email: 'next@freed.example.jp' }))).status, 201)
})

t.test('R10: the primary is not removed while others remain, and is as the last', async t => {
  const [primary, second] = await fillContract(call, 'last', 1)
  const before = await rowCounts(database)
  const refused = await remove(primary)
  t.match(refused, {
    status: 409,
    body: {
      type: '/problems/primary-required',
      contract_id: 'last',
      primary_contact_id: primary.contact_id,
      next: { method: 'PUT', path: '/v1/contracts/last/primary' },
    },
  })
  t.same(await rowCounts(database), before)
  t.equal((await remove(second)).status, 204)
  t.equal((await remove(primary)).status, 204)
  t.match((await call('GET', '/v1/contracts/last')).body, { registration: 'registered', seats: { used: 0 } })
  t.match(
    await call('POST', '/v1/contracts/last/contacts', person()),
    { status: 409, body: { type: '/problems/primary-required' } },
    'the next first one has to be the primary again',
  )
})

t.test('R21: a shared account stays, is renamed, and says who may still read it; it closes with its last', async t => {
  await putContract(call, 'shared')
  const email = 'desk@shared.example.jp'
  const people = [
    await register(call, 'shared', { role: 'primary', email }),
    await register(call, 'shared', { family_name: '伊藤', email, shared_mailbox: true }),
    await register(call, 'shared', { family_name: '佐藤', email, shared_mailbox: true }),
  ]
  const { account_id } = people[0]
  await remove(people[1], { 'request-id': 'leaves' })
  t.match(await account(account_id), {
    state: 'open',
    display_name: '山田/佐藤',
    residual_access: [{ contact_id: people[1].contact_id, name: '伊藤 太郎' }],
  })
  t.same((await historyOf(database, 'leaves')).map(({ event }) => event).toSorted(), [
    'contact.removed',
    'support_account.access_left',
    'support_account.renamed',
  ])
  await register(call, 'shared', { family_name: '伊藤', email, shared_mailbox: true })
  t.match(await account(account_id), { display_name: '山田/佐藤/伊藤', residual_access: [] }, 'the same person is back')
  for (const contact of (await call('GET', '/v1/contracts/shared/contacts')).body.items.toReversed())
    t.equal((await remove(contact)).status, 204)
  t.match(await account(account_id), { state: 'closed', residual_access: [] })
})

t.test('R19, R21: a person who stays on another contract has not left the account', async t => {
  await putContract(call, 'leaves-one')
  await putContract(call, 'stays-on-other')
  const first = await register(call, 'leaves-one', { role: 'primary', email: 'both@example.jp' })
  await register(call, 'stays-on-other', { role: 'primary', email: 'both@example.jp' })
  await remove(first)
  t.match(await account(first.account_id), {
    state: 'open',
    display_name: '山田 太郎',
    residual_access: [],
    contract_ids: ['stays-on-other'],
  })
})

t.test('R20, R21: an address whose account has closed is free, and opens a new account', async t => {
  const [contact] = await fillContract(call, 'frees', 0)
  await remove(contact)
  await putContract(call, 'takes', { customer_id: 'customer-2' })
  const taken = await register(call, 'takes', { role: 'primary', email: contact.email })
  t.not(taken.account_id, contact.account_id)
  t.equal((await account(contact.account_id)).state, 'closed')
})

t.test('what is not there is not removed', async t => {
  const [, second] = await fillContract(call, 'gone', 1)
  await remove(second)
  t.match(await remove(second), { status: 404, body: { type: '/problems/not-found', detail: /removed/ } })
  t.match(await remove({ contact_id: '019354a8-6c00-7c41-9d2e-3f5b8a1c7e90' }), { status: 404 })
  t.match(await remove({ contact_id: 'nobody' }), { status: 400 })
})

t.test('a clock that is a little behind the one that registered does no harm', async t => {
  const [primary] = await fillContract(call, 'skewed', 0)
  clock.set('2026-04-01T00:29:59.000Z')
  t.equal((await remove(primary)).status, 204)
  t.equal((await call('GET', `/v1/contacts/${primary.contact_id}`)).body.removed_at, '2026-04-01T00:30:00.000Z')
  t.equal((await account(primary.account_id)).closed_at, '2026-04-01T00:30:00.000Z')
})
