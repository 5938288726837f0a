import t from 'tap'
import { accountCalls, PASSWORD } from '../../helpers/account-calls.ts'
import { register } from '../../helpers/fixtures.ts'
import { brokenInvariants } from '../../helpers/registry-invariants.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, clock, database } = await testService(t)
const { account, remove, check, roster, setPassword, soleUser } = accountCalls(call)

t.beforeEach(() => clock.set('2026-04-01T00:30:00.000Z'))

t.test('R21, R29: the account goes along to another address, and the one left is answered as removed', async t => {
  const contact = await soleUser('moves')
  clock.set('2026-04-02T00:30:00.000Z')
  const moved = await call('PATCH', `/v1/contacts/${contact.contact_id}`, { email: 'b@moves.example.jp' })
  t.match(moved, { status: 200, body: { account_id: contact.account_id } })
  t.match(await check('a@moves.example.jp'), { authorised: false, reason: 'removed' })
  t.match(await check('b@moves.example.jp'), { authorised: true, account: { account_id: contact.account_id } })
  const before = '2026-04-01T12:00:00.000Z'
  t.match(await check('a@moves.example.jp', before), {
    authorised: true,
    account: { account_id: contact.account_id, email: 'a@moves.example.jp' },
  })
  t.match(await check('b@moves.example.jp', before), { authorised: false, reason: 'never_registered' })
  clock.set('2026-04-03T00:30:00.000Z')
  t.match(await check('a@moves.example.jp', '2026-04-02T12:00:00.000Z'), { authorised: false, reason: 'removed' })
  await call('PATCH', `/v1/contacts/${contact.contact_id}`, { email: 'a@moves.example.jp' })
  t.match(await check('b@moves.example.jp'), { authorised: false, reason: 'removed' })
  t.match(await check('a@moves.example.jp'), { authorised: true, people: [{ contacts: { length: 1 } }] })
  t.match(await check('a@moves.example.jp', before), { authorised: true, people: [{ contacts: { length: 1 } }] })
  t.match(await check('a@moves.example.jp', '2026-04-02T12:00:00.000Z'), { authorised: false, reason: 'removed' })
  t.match(await check('b@moves.example.jp', '2026-04-02T12:00:00.000Z'), { authorised: true })
  await remove(contact)
  for (const from of ['a@moves.example.jp', 'b@moves.example.jp'])
    t.match(await check(from), { authorised: false, reason: 'removed' }, from)
})

t.test('R21, R29: people who left the mailbox before its account went along were never at the new address', async t => {
  const contact = await soleUser('desk')
  const other = await register(call, 'desk', { family_name: '伊藤', email: contact.email, shared_mailbox: true })
  await remove(other)
  await call('PATCH', `/v1/contacts/${contact.contact_id}`, { email: 'b@desk.example.jp' })
  t.match(await account(contact.account_id), { residual_access: [{ name: '伊藤 太郎' }] })
  await remove(contact)
  t.match(await check('a@desk.example.jp'), { reason: 'removed' })
  const next = await register(call, 'desk', { role: 'primary', family_name: '佐藤', email: 'a@desk.example.jp' })
  t.not(next.account_id, contact.account_id, 'the address has no account any more')
  t.match(await account(next.account_id), { residual_access: [] })
})

t.test('R21: where the new address has an account of the customer, that one opens and the old one closes', async t => {
  const contact = await soleUser('joins')
  const other = await register(call, 'joins', { family_name: '伊藤', email: 'b@joins.example.jp' })
  await remove(other)
  const moved = await call('PATCH', `/v1/contacts/${contact.contact_id}`, { email: 'b@joins.example.jp' })
  t.equal(moved.body.account_id, other.account_id)
  t.match(await account(contact.account_id), { state: 'closed' })
  t.match(await account(other.account_id), {
    state: 'open',
    password_set_at: null,
    residual_access: [{ name: '伊藤 太郎' }],
  })
  await call('PATCH', `/v1/contacts/${contact.contact_id}`, { email: 'a@joins.example.jp' })
  t.match(await account(contact.account_id), { state: 'open', password_set_at: PASSWORD }, 'and back')
})

t.test('R21: two people who swap addresses in one list keep their accounts', async t => {
  const first = await soleUser('swap')
  const second = await register(call, 'swap', { family_name: '伊藤', email: 'b@swap.example.jp' })
  const swapped = await roster('swap', [
    { contact_id: first.contact_id, email: second.email },
    { contact_id: second.contact_id, email: first.email },
  ])
  t.match(swapped, {
    status: 200,
    body: { contacts: [{ account_id: first.account_id }, { account_id: second.account_id }] },
  })
  t.match(await account(first.account_id), { email: 'b@swap.example.jp', password_set_at: PASSWORD })
  t.match(await check('a@swap.example.jp'), { authorised: true, account: { account_id: second.account_id } })
})

t.test('R21: a report of a password races against the change of the address', async t => {
  const contact = await soleUser('reported')
  const [moved, reported] = await Promise.all([
    call('PATCH', `/v1/contacts/${contact.contact_id}`, { email: 'b@reported.example.jp' }),
    setPassword(contact.account_id, '2026-04-01T00:20:00Z'),
  ])
  t.equal(moved.status, 200)
  t.match(reported, { password_set_at: '2026-04-01T00:20:00.000Z' })
  t.match(await account(contact.account_id), {
    email: 'b@reported.example.jp',
    password_set_at: '2026-04-01T00:20:00.000Z',
  })
})

t.test('R21: an address may be taken, left and taken again within one moment', async t => {
  const contact = await soleUser('moment')
  for (const address of ['b', 'a', 'b', 'c', 'b', 'a']) {
    const email = `${address}@moment.example.jp`
    const { status, body } = await call('PATCH', `/v1/contacts/${contact.contact_id}`, { email })
    t.strictSame([status, body.email, body.account_id], [200, email, contact.account_id])
  }
  t.equal((await check('b@moment.example.jp')).reason, 'removed')
})

t.test('after all this the registry is whole', async t => {
  clock.set('2026-06-01T00:30:00.000Z')
  t.strictSame(await brokenInvariants(database, clock.today()), {})
})
