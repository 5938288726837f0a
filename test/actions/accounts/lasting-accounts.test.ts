import t from 'tap'
import { endContract } from '#actions/contracts/end-contract.ts'
import { accountCalls, PASSWORD } from '../../helpers/account-calls.ts'
import { person, putContract, register } from '../../helpers/fixtures.ts'
import { historyOf } from '../../helpers/history.ts'
import { brokenInvariants } from '../../helpers/registry-invariants.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, clock, context, database } = await testService(t)
const { account, remove, roster, setPassword, soleUser } = accountCalls(call)

t.beforeEach(() => clock.set('2026-04-01T00:30:00.000Z'))

t.test('R21: a person who comes back after a removal has the same account and password', async t => {
  const contact = await soleUser('returns')
  clock.set('2026-04-02T00:30:00.000Z')
  await remove(contact)
  t.match(await account(contact.account_id), { state: 'closed', closed_at: clock.now(), residual_access: [] })
  clock.set('2026-04-03T00:30:00.000Z')
  const again = await register(call, 'returns', { role: 'primary', email: 'A@returns.example.jp' })
  t.equal(again.account_id, contact.account_id)
  t.match(await account(contact.account_id), {
    state: 'open',
    closed_at: null,
    password_set_at: PASSWORD,
    in_use_since: '2026-04-01T00:30:00.000Z',
    residual_access: [],
  })
})

t.test(
  'R21: another person at the address has the account without the password, until a new one is reported',
  async t => {
    const contact = await soleUser('successor')
    clock.set('2026-04-02T00:30:00.000Z')
    await remove(contact)
    clock.set('2026-04-03T00:30:00.000Z')
    const next = await register(call, 'successor', { role: 'primary', family_name: '伊藤', email: contact.email })
    t.equal(next.account_id, contact.account_id)
    const taken = {
      password_set_at: null,
      capabilities: ['email_inquiry', 'notices'],
      in_use_since: '2026-04-03T00:30:00.000Z',
      residual_access: [{ contact_id: contact.contact_id, name: '山田 太郎', left_at: '2026-04-02T00:30:00.000Z' }],
    }
    t.match(await account(next.account_id), taken)
    t.match(await setPassword(next.account_id, PASSWORD), taken, 'a late report of the former password changes nothing')
    t.match(await setPassword(next.account_id, '2026-04-03T00:30:00Z'), {
      residual_access: [],
      password_set_at: '2026-04-03T00:30:00.000Z',
    })
  },
)

t.test('R21: a renewal that is entered late, and one whose end was recorded, keep the account', async t => {
  for (const isRecorded of [false, true]) {
    const name = `renewed-${isRecorded}`
    clock.set('2026-04-01T00:30:00.000Z')
    await putContract(call, name, { customer_id: name, ends_on: '2026-04-30' })
    const contact = await register(call, name, { role: 'primary', email: `a@${name}.example.jp` })
    await setPassword(contact.account_id, PASSWORD)
    clock.set('2026-05-01T00:30:00.000Z')
    t.match(await account(contact.account_id), { state: 'closed', contacts: [] })
    if (isRecorded) await endContract(context, name, { actor: 'madoguchi', request_id: name, source: 'job' })
    await putContract(call, name, { customer_id: name, ends_on: '2027-04-30' })
    t.match(await account(contact.account_id), { state: 'open', password_set_at: PASSWORD, residual_access: [] })
    t.equal((await call('GET', `/v1/contacts/${contact.contact_id}`)).body.account_id, contact.account_id)
  }
})

t.test('R21: a renewal as another contract that is entered after the end keeps the account', async t => {
  await putContract(call, 'old', { customer_id: 'renewing', ends_on: '2026-04-30' })
  await putContract(call, 'new', { customer_id: 'renewing', starts_on: '2026-05-01' })
  const contact = await register(call, 'old', { role: 'primary', email: 'a@renewing.example.jp' })
  await setPassword(contact.account_id, PASSWORD)
  clock.set('2026-05-02T00:30:00.000Z')
  await endContract(context, 'old', { actor: 'madoguchi', request_id: 'old', source: 'job' })
  const renewed = await register(call, 'new', { role: 'primary', email: 'a@renewing.example.jp' })
  t.equal(renewed.account_id, contact.account_id)
  t.match(await account(contact.account_id), { state: 'open', password_set_at: PASSWORD })
})

t.test('R20, R21: another customer at the address has another account, and gives the address back', async t => {
  const contact = await soleUser('first')
  await remove(contact)
  await putContract(call, 'second', { customer_id: 'second-customer' })
  const other = await register(call, 'second', { role: 'primary', email: contact.email })
  t.not(other.account_id, contact.account_id)
  t.match(await call('POST', '/v1/contracts/first/contacts', person({ role: 'primary', email: contact.email })), {
    status: 409,
    body: { type: '/problems/email-taken' },
  })
  await remove(other)
  const again = await register(call, 'first', { role: 'primary', email: contact.email })
  t.equal(again.account_id, contact.account_id)
  t.match(await account(contact.account_id), { state: 'open', password_set_at: PASSWORD })
})

t.test('R21: removal and return in one list change nothing of the account; a replacement takes it over', async t => {
  const contact = await soleUser('listed')
  const same = await roster('listed', [person({ role: 'primary', email: contact.email })])
  t.match(same, { status: 200, body: { contacts: [{ account_id: contact.account_id }] } })
  t.match(await account(contact.account_id), { password_set_at: PASSWORD, residual_access: [] })
  clock.set('2026-04-02T00:30:00.000Z')
  const next = person({ role: 'primary', family_name: '伊藤', email: contact.email })
  t.equal((await roster('listed', [next], { 'request-id': 'replaced' })).status, 200)
  t.match(await account(contact.account_id), {
    display_name: '伊藤 太郎',
    password_set_at: null,
    in_use_since: '2026-04-02T00:30:00.000Z',
    residual_access: [{ name: '山田 太郎' }],
  })
  t.same((await historyOf(database, 'replaced')).map(({ event }) => event).toSorted(), [
    'contact.registered',
    'contact.removed',
    'support_account.access_left',
    'support_account.renamed',
  ])
})

t.test('R18, R21: an account that others rename is recorded as renamed', async t => {
  const contact = await soleUser('named')
  const url = '/v1/contracts/named/contacts'
  const joining = person({ family_name: '伊藤', email: contact.email, shared_mailbox: true })
  await call('POST', url, joining, { 'request-id': 'joined' })
  t.match(
    (await historyOf(database, 'joined')).find(({ event }) => event === 'support_account.renamed'),
    { subject_id: contact.account_id, before: { display_name: '山田 太郎' }, after: { display_name: '山田/伊藤' } },
  )
})

t.test('R21: of two who come back at once to a closed account both get it', async t => {
  const contact = await soleUser('both')
  await putContract(call, 'both-2', { customer_id: 'both-customer' })
  await remove(contact)
  const answers = await Promise.all(
    ['both', 'both-2'].map(id =>
      call('POST', `/v1/contracts/${id}/contacts`, person({ role: 'primary', email: contact.email })),
    ),
  )
  t.same(
    answers.map(({ status, body }) => [status, body.account_id]),
    [1, 2].map(() => [201, contact.account_id]),
  )
})

t.test('R20, R21: a return races against another customer: one gets the address', async t => {
  for (let round = 0; round < 5; round++) {
    const contact = await soleUser(`raced-${round}`)
    await putContract(call, `rival-${round}`, { customer_id: `rival-${round}` })
    await remove(contact)
    const answers = await Promise.all(
      [`raced-${round}`, `rival-${round}`].map(id =>
        call('POST', `/v1/contracts/${id}/contacts`, person({ role: 'primary', email: contact.email })),
      ),
    )
    t.same(answers.map(({ status }) => status).toSorted(), [201, 409])
    if (answers[0]?.status === 201) t.equal(answers[0].body.account_id, contact.account_id)
  }
})

t.test('closed accounts are listed by customer', async t => {
  const contact = await soleUser('listing')
  await remove(contact)
  const { body } = await call('GET', '/v1/support-accounts?customer_id=listing-customer&state=closed')
  t.match(body.items, [{ account_id: contact.account_id, state: 'closed', password_set_at: PASSWORD }])
})

t.test('after all this the registry is whole', async t => {
  clock.set('2026-06-01T00:30:00.000Z')
  t.strictSame(await brokenInvariants(database, clock.today()), {})
})
