import t from 'tap'
import { fillContract, putContract, register } from '../../helpers/fixtures.ts'
import { historyOf } from '../../helpers/history.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, callWith, clock, database } = await testService(t)
const url = ({ account_id }: { account_id: string }) => `/v1/support-accounts/${account_id}`
const report = async (contact: { account_id: string }, body: object, headers = {}) =>
  await call('PATCH', url(contact), body, headers)
const listed = async (filter: string) =>
  (await call('GET', `/v1/support-accounts?${filter}`)).body.items.map((item: any) => item.account_id)
t.beforeEach(() => clock.set('2026-04-01T00:30:00.000Z'))

t.test('R31: the mail gateway reports whether mail reaches an address', async t => {
  const [contact] = await fillContract(call, 'bounced', 0)
  t.match((await call('GET', url(contact))).body, { mail_state: 'unknown' })
  const gateway = callWith('senders:check', 'accounts:report')
  t.match(await gateway('PATCH', url(contact), { mail_state: 'bounced' }, { 'request-id': 'bounce' }), {
    status: 200,
    body: { mail_state: 'bounced', state: 'open', capabilities: ['email_inquiry', 'notices'] },
  })
  t.match(await historyOf(database, 'bounce'), [
    {
      event: 'support_account.mail_state_reported',
      subject_id: contact.account_id,
      account_id: contact.account_id,
      customer_id: 'customer-1',
      before: { mail_state: 'unknown' },
      after: { mail_state: 'bounced' },
    },
  ])
  t.same(await listed('mail_state=bounced'), [contact.account_id])
  t.notOk((await listed('mail_state=reachable')).includes(contact.account_id))
  t.match(await report(contact, { mail_state: 'bounced' }, { 'request-id': 'again' }), { status: 200 })
  t.same(await historyOf(database, 'again'), [], 'the same report again changes nothing')
  t.match(await report(contact, { mail_state: 'reachable' }), { status: 200, body: { mail_state: 'reachable' } })
  t.same(await listed('mail_state=bounced'), [])
  for (const mail_state of ['broken', '', null, 1])
    t.match(await report(contact, { mail_state }), { status: 400, body: { errors: [{ pointer: '#/mail_state' }] } })
  t.match(await callWith('accounts:read')('PATCH', url(contact), { mail_state: 'bounced' }), { status: 403 })
})

t.test('R31: nothing is refused for an address that mail does not reach', async t => {
  await putContract(call, 'unreached')
  const email = 'desk@unreached.example.jp'
  const contact = await register(call, 'unreached', { role: 'primary', email })
  await report(contact, { mail_state: 'bounced' })
  await register(call, 'unreached', { family_name: '伊藤', email, shared_mailbox: true })
  t.match(await call('POST', '/v1/sender-checks', { from: email }), { body: { authorised: true } })
  const recipients = await call('GET', '/v1/notice-recipients?purpose=inquiries&limit=200')
  t.ok(recipients.body.items.some((item: any) => item.email === email))
})

t.test('R21, R31: whether mail reaches it is unknown again at another address, and after that alone', async t => {
  const [contact] = await fillContract(call, 'moved', 0)
  await report(contact, { mail_state: 'bounced', external_id: 'user-moved' })
  const body = { email: 'new@moved.example.jp' }
  await call('PATCH', `/v1/contacts/${contact.contact_id}`, body, { 'request-id': 'move' })
  t.match((await call('GET', url(contact))).body, {
    email: 'new@moved.example.jp',
    mail_state: 'unknown',
    external_id: 'user-moved',
  })
  const [, rekeyed] = await historyOf(database, 'move')
  t.match(rekeyed, {
    event: 'support_account.rekeyed',
    before: { email: contact.email, mail_state: 'bounced' },
    after: { email: 'new@moved.example.jp', mail_state: 'unknown' },
  })
  await report(contact, { mail_state: 'reachable' })
  await call('DELETE', `/v1/contacts/${contact.contact_id}`)
  const back = await register(call, 'moved', { role: 'primary', email: 'new@moved.example.jp' })
  t.match((await call('GET', url(back))).body, { account_id: contact.account_id, mail_state: 'reachable' })
})

t.test('R21: a closed account takes no report of its mail, but the id of its user', async t => {
  const [contact] = await fillContract(call, 'shut', 0)
  await call('DELETE', `/v1/contacts/${contact.contact_id}`)
  t.match(await report(contact, { mail_state: 'bounced' }), { status: 409, body: { type: '/problems/account-closed' } })
  t.match(await report(contact, { external_id: 'user-shut' }), { status: 200, body: { external_id: 'user-shut' } })
})

t.test("R37: the help desk's id is recorded, found, and no other account's", async t => {
  const [first, second] = await fillContract(call, 'linked', 1)
  const linked = await report(first, { external_id: 'user|1' }, { 'request-id': 'link' })
  t.match(linked, { status: 200, body: { external_id: 'user|1' } })
  t.match(await historyOf(database, 'link'), [
    { event: 'support_account.linked', before: { external_id: null }, after: { external_id: 'user|1' } },
  ])
  t.same(await listed('external_id=user%7C1'), [first.account_id])
  t.match(await report(first, { external_id: 'user|1' }), { status: 200 })
  t.match(await report(second, { external_id: 'user|1' }), {
    status: 409,
    body: { type: '/problems/state-conflict', account_id: first.account_id, external_id: 'user|1' },
  })
  await report(first, { external_id: null })
  t.match(await report(second, { external_id: 'user|1' }), { status: 200 })
  for (const external_id of ['', 'with space', '山田', 'x'.repeat(129), 7])
    t.match(await report(first, { external_id }), { status: 400, body: { errors: [{ pointer: '#/external_id' }] } })
})

t.test('R37: of two accounts that get one id at once, one does', async t => {
  const contacts = await fillContract(call, 'raced', 3)
  const answers = await Promise.all(contacts.map(async one => await report(one, { external_id: 'user-raced' })))
  t.same(answers.map(({ status }) => status).toSorted(), [200, 409, 409, 409])
})
