import t from 'tap'
import { fillContract, putContract, register } from '../../helpers/fixtures.ts'
import { historyOf } from '../../helpers/history.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, clock, database } = await testService(t)
const url = ({ account_id }: { account_id: string }) => `/v1/support-accounts/${account_id}`
const report = async (contact: { account_id: string }, password_set_at: unknown, headers = {}) =>
  await call('PATCH', url(contact), { password_set_at }, headers)
const names = (answer: any) => answer.body.residual_access.map((person: any) => person.name)
t.beforeEach(() => clock.set('2026-04-01T00:30:00.000Z'))

t.test('R22: what needs a sign-in waits for the password', async t => {
  const [contact] = await fillContract(call, 'capable', 0)
  t.match((await call('GET', url(contact))).body, {
    state: 'open',
    password_set_at: null,
    capabilities: ['email_inquiry', 'notices'],
  })
  const set = await report(contact, '2026-04-01T09:15:00+09:00', { 'request-id': 'password' })
  t.match(set, { status: 200, body: { password_set_at: '2026-04-01T00:15:00.000Z' } })
  t.same(set.body.capabilities, ['email_inquiry', 'notices', 'web_inquiry', 'chat_inquiry', 'my_activity', 'follow'])
  t.match(await call('GET', url(contact)), { text: set.text, headers: { etag: set.headers['etag']! } })
  t.match(await historyOf(database, 'password'), [
    {
      actor: 'test',
      event: 'support_account.password_reported',
      subject_id: contact.account_id,
      account_id: contact.account_id,
      customer_id: 'customer-1',
      before: { password_set_at: null },
      after: { password_set_at: '2026-04-01T00:15:00.000Z' },
    },
  ])
  t.same((await report(contact, null)).body.capabilities, ['email_inquiry', 'notices'])
})

t.test('R21: the same report again, and one that says nothing, change nothing', async t => {
  const [contact] = await fillContract(call, 'same', 0)
  const first = await report(contact, '2026-04-01T00:15:00Z')
  t.match(await report(contact, '2026-04-01T00:15:00.000Z', { 'request-id': 'again' }), {
    status: 200,
    text: first.text,
    headers: { etag: first.headers['etag']! },
  })
  t.match(await call('PATCH', url(contact), {}, { 'request-id': 'again' }), { status: 200, text: first.text })
  t.same(await historyOf(database, 'again'), [])
})

t.test('R21: a new password ends the residual access of those who left before it', async t => {
  await putContract(call, 'left')
  const email = 'desk@left.example.jp'
  const [first, second, third] = [
    await register(call, 'left', { role: 'primary', email }),
    await register(call, 'left', { family_name: '伊藤', email, shared_mailbox: true }),
    await register(call, 'left', { family_name: '佐藤', email, shared_mailbox: true }),
  ]
  clock.set('2026-05-01T00:00:00.000Z')
  await call('DELETE', `/v1/contacts/${second.contact_id}`)
  clock.set('2026-05-03T00:00:00.000Z')
  await call('DELETE', `/v1/contacts/${third.contact_id}`)
  clock.set('2026-05-04T00:00:00.000Z')
  t.same(names(await call('GET', url(first))), ['伊藤 太郎', '佐藤 太郎'])
  t.same(names(await report(first, '2026-05-02T00:00:00Z')), ['佐藤 太郎'])
  t.same(names(await call('GET', url(first))), ['佐藤 太郎'])
  t.same(names(await report(first, null)), ['佐藤 太郎'])
  t.same(names(await report(first, '2026-05-04T00:00:00Z')), [])
  t.same(names(await call('GET', url(first))), [])
})

t.test('R21: a closed account takes no report, and keeps its password for the people who come back', async t => {
  const [contact] = await fillContract(call, 'closed', 0)
  await report(contact, '2026-04-01T00:15:00Z')
  await call('DELETE', `/v1/contacts/${contact.contact_id}`)
  t.match(await report(contact, '2026-04-01T00:20:00Z'), {
    status: 409,
    body: { type: '/problems/account-closed', account_id: contact.account_id },
  })
  t.match((await call('GET', url(contact))).body, {
    state: 'closed',
    capabilities: [],
    password_set_at: '2026-04-01T00:15:00.000Z',
  })
})

t.test('R21, R28: an account whose only contract has ended by date is closed', async t => {
  const [contact] = await fillContract(call, 'by-date', 0, { ends_on: '2026-04-01' })
  clock.set('2026-04-02T00:00:00.000Z')
  t.match(await report(contact, '2026-04-01T00:20:00Z'), { status: 409, body: { type: '/problems/account-closed' } })
})

t.test('times that cannot be are refused, those of a clock a little ahead are not', async t => {
  const [contact] = await fillContract(call, 'times', 0)
  t.equal((await report(contact, '2026-04-01T00:35:00Z')).status, 200)
  t.match(await report(contact, '2026-04-01T00:35:00.001Z'), {
    status: 422,
    body: { errors: [{ pointer: '#/password_set_at', code: 'in-the-future' }] },
  })
  for (const time of [
    '2026-04-01',
    '2026-02-30T00:00:00Z',
    '2026-04-01T24:00:01Z',
    '2026-04-01T00:00:00',
    '2026-04-01 00:00:00Z',
    '1999-01-01T00:00:00Z',
    '2016-12-31T23:59:60Z',
    '2026-04-01T00:00:00+99:00',
    '',
    'now',
    0,
    true,
    {},
  ]) {
    const refused = await report(contact, time)
    t.match(refused, { status: 400, body: { type: '/problems/invalid-request' } }, JSON.stringify(time))
    t.equal(refused.body.errors[0].pointer, '#/password_set_at')
  }
  t.match(await call('PATCH', url(contact), { display_name: 'x' }), {
    status: 400,
    body: { errors: [{ pointer: '#/display_name', code: 'unknown-field' }] },
  })
})

t.test('an account that never was is not found', async t => {
  t.match(await report({ account_id: '019354a8-6c00-7c41-9d2e-3f5b8a1c7e90' }, null), {
    status: 404,
    body: { type: '/problems/not-found' },
  })
  t.match(await call('GET', '/v1/support-accounts/019354a8-6c00-7c41-9d2e-3f5b8a1c7e90'), { status: 404 })
})

t.test("accounts are listed in the order of their opening, one customer's on demand", async t => {
  const contacts = await fillContract(call, 'listed', 2, { customer_id: 'customer-9' })
  const { items } = (await call('GET', '/v1/support-accounts?customer_id=customer-9')).body
  t.same(
    items.map((item: any) => item.account_id),
    contacts.map(contact => contact.account_id),
  )
  t.ok((await call('GET', '/v1/support-accounts?limit=200')).body.items.length > items.length)
})
