import t from 'tap'
import { fillContract, putContract, register } from '../../helpers/fixtures.ts'
import { historyOf, rowCounts } from '../../helpers/history.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, clock, database } = await testService(t)
const patch = async (contact: { contact_id: string }, body: unknown, headers = {}) =>
  await call('PATCH', `/v1/contacts/${contact.contact_id}`, body, headers)
const account = async (account_id: string) => (await call('GET', `/v1/support-accounts/${account_id}`)).body

t.test('R12: duties change also on a full contract, and null removes them', async t => {
  const [, second] = await fillContract(call, 'duties', 3)
  const changed = await patch(second, { duties: ['operations', 'system', 'operations'] }, { 'request-id': 'duties' })
  t.match(changed, { status: 200, headers: { etag: /^"/ } })
  t.same(changed.body, { ...second, duties: ['operations', 'system'] })
  t.match(await historyOf(database, 'duties'), [
    {
      actor: 'test',
      event: 'contact.changed',
      subject_id: second.contact_id,
      before: { duties: [] },
      after: { duties: ['operations', 'system'] },
    },
  ])
  t.same((await patch(second, { duties: null })).body.duties, [])
})

t.test('a patch that says nothing, or nothing new, changes nothing', async t => {
  const [contact] = await fillContract(call, 'nothing', 0)
  const before = await call('GET', `/v1/contacts/${contact.contact_id}`)
  for (const body of [{}, { family_name: '山田' }, { email: contact.email, given_name: ' 太郎' }]) {
    t.match(await patch(contact, body, { 'request-id': 'nothing' }), {
      status: 200,
      text: before.text,
      headers: { etag: before.headers['etag']! },
    })
  }
  t.same(await historyOf(database, 'nothing'), [])
})

t.test('R15: a name changes, null removes the given name, and the account shows it', async t => {
  const [contact] = await fillContract(call, 'renamed', 0)
  t.match(await patch(contact, { family_name: '　佐藤' }), {
    status: 200,
    body: { name: '佐藤 太郎', contact_id: contact.contact_id, registered_at: contact.registered_at },
  })
  t.match(await patch(contact, { given_name: null }), { status: 200, body: { name: '佐藤', given_name: null } })
  t.equal((await account(contact.account_id)).display_name, '佐藤')
})

t.test('R21: the account goes along to another address, with its id and its password', async t => {
  const [contact] = await fillContract(call, 'moves', 0)
  const url = `/v1/support-accounts/${contact.account_id}`
  await call('PATCH', url, { password_set_at: '2026-04-01T00:15:00Z' })
  const moved = await patch(contact, { email: 'Moved@example.jp' }, { 'request-id': 'moves' })
  t.match(moved, { status: 200, body: { email: 'Moved@example.jp', account_id: contact.account_id } })
  t.match(await account(contact.account_id), {
    state: 'open',
    email: 'Moved@example.jp',
    display_name: '山田 太郎',
    password_set_at: '2026-04-01T00:15:00.000Z',
  })
  t.same((await historyOf(database, 'moves')).map(({ event }) => event).toSorted(), [
    'contact.changed',
    'support_account.rekeyed',
  ])
})

t.test('R21: who leaves a shared mailbox may still read it, until they are back', async t => {
  await putContract(call, 'leaves')
  const email = 'desk@leaves.example.jp'
  const first = await register(call, 'leaves', { role: 'primary', email })
  const second = await register(call, 'leaves', { family_name: '伊藤', email, shared_mailbox: true })
  clock.set('2026-05-01T00:00:00.000Z')
  t.equal((await patch(second, { email: 'ito@leaves.example.jp', shared_mailbox: false })).status, 200)
  t.match(await account(first.account_id), {
    state: 'open',
    display_name: '山田 太郎',
    shared: false,
    residual_access: [{ contact_id: second.contact_id, name: '伊藤 太郎', left_at: '2026-05-01T00:00:00.000Z' }],
  })
  t.equal((await patch(second, { email, shared_mailbox: true })).status, 200)
  t.match(await account(first.account_id), { display_name: '山田/伊藤', shared: true, residual_access: [] })
  clock.set('2026-04-01T00:30:00.000Z')
})

t.test('R17, R20: the rules of registration hold for a new address', async t => {
  const [contact, other] = await fillContract(call, 'rules', 1)
  await putContract(call, 'theirs', { customer_id: 'customer-2' })
  await register(call, 'theirs', { role: 'primary', family_name: '秘山', email: 'theirs@example.jp' })
  const before = await rowCounts(database)
  const inUse = await patch(contact, { email: other.email })
  t.match(inUse, {
    status: 409,
    body: { type: '/problems/email-in-use', contacts: [{ contact_id: other.contact_id }] },
  })
  const taken = await patch(contact, { email: 'theirs@example.jp', shared_mailbox: true })
  t.match(taken, { status: 409, body: { type: '/problems/email-taken' } })
  t.notMatch(taken.text, /秘密|customer-2|theirs/)
  t.same(await rowCounts(database), before)
  t.match(await patch(contact, { email: other.email, shared_mailbox: true }), {
    status: 200,
    body: { account_id: other.account_id },
  })
})

t.test('R17: that a mailbox is shared is said where a contact comes to it, and not again', async t => {
  await putContract(call, 'stated')
  const email = 'desk@stated.example.jp'
  await register(call, 'stated', { role: 'primary', email })
  const second = await register(call, 'stated', { family_name: '伊藤', email, shared_mailbox: true })
  t.match(await patch(second, { shared_mailbox: false }), { status: 200, body: { mailbox_shared: true } })
  t.match(await patch(second, { duties: ['system'] }), { status: 200, body: { mailbox_shared: true } })
  const { event, after } = (await call('GET', `/v1/contacts/${second.contact_id}/history`)).body.items.at(-1)
  t.match({ event, after }, { event: 'contact.registered', after: { shared_mailbox: true, mailbox_shared: true } })
})

t.test('R19: a contact cannot become the same person as another of the contract', async t => {
  await putContract(call, 'merged')
  const email = 'desk@merged.example.jp'
  const first = await register(call, 'merged', { role: 'primary', email })
  const second = await register(call, 'merged', { family_name: '伊藤', email, shared_mailbox: true })
  t.match(await patch(second, { family_name: '山 田' }), {
    status: 409,
    body: { type: '/problems/duplicate-contact', contact_id: first.contact_id },
  })
})

t.test('R16: the spelling of an address may change within the same account', async t => {
  const [contact] = await fillContract(call, 'spelling', 0)
  const changed = await patch(contact, { email: contact.email.toUpperCase() })
  t.match(changed, { status: 200, body: { account_id: contact.account_id, email: contact.email.toUpperCase() } })
})

t.test('R14: a name that joins people is refused on this path too', async t => {
  const [contact] = await fillContract(call, 'joined', 0)
  t.match(await patch(contact, { given_name: '太郎/次郎' }), {
    status: 422,
    body: { type: '/problems/name-not-personal', pointer: '#/given_name' },
  })
})

t.test('what cannot be patched is refused', async t => {
  const [contact, second] = await fillContract(call, 'refused', 1)
  for (const [body, pointer, code] of [
    [{ role: 'secondary' }, '#/role', 'read-only'],
    [{ contract_id: 'other' }, '#/contract_id', 'read-only'],
    [{ family_name: null }, '#/family_name', 'required'],
    [{ email: null }, '#/email', 'required'],
    [{ shared_mailbox: 'true' }, '#/shared_mailbox', 'wrong-type'],
    [{ duties: 'system' }, '#/duties', 'wrong-type'],
    [[], '#', 'wrong-type'],
    ['text', '#', 'wrong-type'],
  ] as const) {
    t.match(
      await patch(contact, JSON.stringify(body)),
      { status: 400, body: { errors: [{ in: 'body', pointer, code }] } },
      JSON.stringify(body),
    )
  }
  t.equal((await call('DELETE', `/v1/contacts/${second.contact_id}`)).status, 204)
  t.match(await patch(second, { duties: [] }), {
    status: 404,
    body: { type: '/problems/not-found', detail: /removed/ },
  })
  t.match(await call('PATCH', '/v1/contacts/019354a8-6c00-7c41-9d2e-3f5b8a1c7e90', {}), { status: 404 })
  t.match(await call('PATCH', '/v1/contacts/1', {}), {
    status: 400,
    body: { errors: [{ in: 'path', pointer: '#/contact_id' }] },
  })
})
