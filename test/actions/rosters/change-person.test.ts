import t from 'tap'
import { putContract, register } from '../../helpers/fixtures.ts'
import { historyOf } from '../../helpers/history.ts'
import { roundTripProxy } from '../../helpers/round-trip-proxy.ts'
import { openPool } from '../../helpers/test-database.ts'
import { registerOnContracts } from '../../helpers/one-person.ts'
import { instanceOn, testService } from '../../helpers/test-service.ts'

const service = await testService(t)
const { call, clock, database } = service

const changePerson = async (body: object, headers?: Record<string, string>) =>
  await call('POST', '/v1/person-changes', body, headers)

const peopleOf = async (account_id: string) => (await call('GET', `/v1/support-accounts/${account_id}`)).body
const patch = async (contact: any, body: object) => await call('PATCH', `/v1/contacts/${contact.contact_id}`, body)

t.test('R34: a new name on one of three contracts is refused, with the contacts and the call to make', async t => {
  const contacts = await registerOnContracts(call, 'named', 3)
  const refused = await patch(contacts[1], { family_name: '鈴木' })
  t.match(refused, { status: 409, body: { type: '/problems/person-elsewhere' } })
  t.same(refused.body.contacts.map(({ contract_id }: any) => contract_id).toSorted(), ['named-1', 'named-2', 'named-3'])
  const { method, path, body } = refused.body.next
  t.same(body, { contact_id: contacts[1].contact_id, changes: { family_name: '鈴木', given_name: '太郎' } })
  const done = await call(method, path, body, { 'request-id': 'renamed' })
  t.match(done, { status: 200, body: { contacts: { length: 3 } } })
  t.same(
    done.body.contacts.map(({ name }: any) => name),
    ['鈴木 太郎', '鈴木 太郎', '鈴木 太郎'],
  )
  t.match(await peopleOf(contacts[0].account_id), { display_name: '鈴木 太郎', shared: false })
  t.same(
    (await historyOf(database, 'renamed')).map(({ event }) => event),
    ['contact.changed', 'support_account.renamed', 'contact.changed', 'contact.changed'],
  )
  const { items } = (await call('GET', `/v1/contacts/${contacts[2].contact_id}/history`)).body
  t.match(items[0], { event: 'contact.changed', source: 'person_change' })
})

t.test('R34: so is a new address, by PATCH, roster, hand-over and change request', async t => {
  const [first] = await registerOnContracts(call, 'moved', 2)
  const email = 'taro.oka@moved.example.jp'
  const url = '/v1/contracts/moved-1'
  const asked = { channel: 'mail', contact_id: first.contact_id }
  const fields = { family_name: '岡', given_name: '太郎', email, privacy_notice_version: '2025-10' }
  const filed = await call('POST', '/v1/change-requests', {
    contract_id: 'moved-1',
    operations: [{ op: 'update', contact_id: first.contact_id, changes: { email } }],
    requested_by: asked,
  })
  const ways: Record<string, () => Promise<any>> = {
    patch: async () => await patch(first, { email }),
    roster: async () =>
      await call('PUT', `${url}/roster`, { contacts: [{ contact_id: first.contact_id, email }] }, { 'if-match': '*' }),
    'roster, entered again': async () =>
      await call(
        'PUT',
        `${url}/roster`,
        { contacts: [{ ...fields, role: 'primary' }], confirm_removals: 1 },
        { 'if-match': '*' },
      ),
    replaced: async () => await call('PUT', `${url}/primary`, { new_contact: fields, former_primary: 'removed' }),
    request: async () => await call('POST', `/v1/change-requests/${filed.body.change_request_id}/apply`, {}),
  }
  for (const [way, send] of Object.entries(ways)) {
    const { status, body } = await send()
    t.match({ status, body }, { status: 409, body: { type: '/problems/person-elsewhere', next: { body: {} } } }, way)
    t.same(body.next.body.changes, { email }, way)
  }
  t.match(filed.body.plan, { feasible: false, problems: [{ type: '/problems/person-elsewhere' }] })
  t.equal(
    (await patch(first, { family_name: '岡 ', duties: ['system'] })).status,
    200,
    'the same name splits no person',
  )
  t.equal((await patch(first, { email: 'OKA@moved.example.jp' })).status, 200, 'nor does the same address')
})

t.test('R34: what concerns one contract alone is not refused', async t => {
  const [first, second] = await registerOnContracts(call, 'alone', 2)
  const other = await register(call, 'alone-1', { family_name: '伊藤', email: first.email, shared_mailbox: true })
  t.equal((await patch(other, { family_name: '江藤' })).status, 200, 'the other of two people at a mailbox')
  await call('PUT', '/v1/contracts/alone-1/primary', { contact_id: other.contact_id })
  t.equal((await call('DELETE', `/v1/contacts/${first.contact_id}`)).status, 204, 'leaving one contract')
  t.equal((await patch(second, { family_name: '鈴木' })).status, 200, 'the only contract left')
  const [ended, going] = await registerOnContracts(call, 'over', 2)
  await putContract(call, 'over-1', { customer_id: 'over', ends_on: '2026-03-31' })
  t.equal((await patch(going, { family_name: '鈴木' })).status, 200, 'the other contract has ended')
  t.equal((await patch(ended, { family_name: '佐藤' })).status, 200, 'nor does a contract that has ended count')
})

t.test('R34: a person change is of all contracts in force, and only of that person', async t => {
  const [first, , third] = await registerOnContracts(call, 'whole', 3)
  await putContract(call, 'whole-3', { customer_id: 'whole', ends_on: '2026-03-31' })
  const sharer = await register(call, 'whole-1', { family_name: '伊藤', email: first.email, shared_mailbox: true })
  const changed = await changePerson({ contact_id: first.contact_id, changes: { email: 'new@whole.example.jp' } })
  t.same(
    changed.body.contacts.map(({ contract_id }: any) => contract_id),
    ['whole-1', 'whole-2'],
  )
  t.match(await peopleOf(first.account_id), {
    display_name: '伊藤 太郎',
    contacts: [{ contact_id: sharer.contact_id }],
  })
  const refused = await changePerson({ contact_id: third.contact_id, changes: { given_name: null } })
  t.match(refused, { status: 409, body: { type: '/problems/contract-not-in-force', contract_id: 'whole-3' } })
  const parts = await changePerson({ contact_id: first.contact_id, changes: { family_name: '岡崎' } })
  t.match(parts.body.contacts, [{ name: '岡崎 太郎' }, { name: '岡崎 太郎' }], 'the given name stays')
})

t.test('R17, R20, R34: an address in use is refused for all, or shared deliberately', async t => {
  const [first] = await registerOnContracts(call, 'used', 2)
  const other = await register(call, 'used-1', { family_name: '伊藤', email: 'ito@used.example.jp' })
  const body = { contact_id: first.contact_id, changes: { email: other.email } }
  t.match(await changePerson(body), { status: 409, body: { type: '/problems/email-in-use' } })
  t.match((await call('GET', '/v1/contracts/used-2/roster')).body.contacts, [{ email: first.email }], 'nothing changed')
  const shared = await changePerson({ ...body, shared_mailbox: true })
  t.match(shared, { status: 200, body: { contacts: [{ mailbox_shared: true }, { mailbox_shared: true }] } })
  await putContract(call, 'theirs', { customer_id: 'theirs' })
  await register(call, 'theirs', { role: 'primary', email: 'held@theirs.example.jp' })
  const taken = await changePerson({ contact_id: first.contact_id, changes: { email: 'held@theirs.example.jp' } })
  t.match(taken, { status: 409, body: { type: '/problems/email-taken', problems: [{ contract_id: 'used-1' }, {}] } })
})

t.test('R13: a name that is no person is refused once, and with an override taken for all', async t => {
  const [first] = await registerOnContracts(call, 'judged', 2)
  const rename = async (family_name: string, fields: object = {}) =>
    await changePerson({ contact_id: first.contact_id, changes: { family_name, given_name: null }, ...fields })
  const refused = await rename('経理部')
  t.match(refused, { status: 422, body: { type: '/problems/name-not-personal', pointer: '#/changes/family_name' } })
  t.equal((refused.body.problems ?? [{}]).length, 1)
  t.match((await rename('水流所')).body.contacts, [{ name: '水流所', name_doubtful: true }, { name_doubtful: true }])
  const name_override = { reason: 'Confirmed by phone with the person.' }
  t.match((await rename('水流所', { name_override })).body.contacts, [
    { name_doubtful: false },
    { name_doubtful: false },
  ])
})

t.test('R25: any contact of the person counts as the requester; a stranger needs the primary', async t => {
  const [first, second] = await registerOnContracts(call, 'asked', 2)
  const body = { contact_id: first.contact_id, changes: { family_name: '鈴木' } }
  const stranger = { channel: 'mail', name: '謎 次郎', email: 'riddle@asked.example.jp' }
  const refused = await changePerson({ ...body, requested_by: stranger })
  t.match(refused, {
    status: 409,
    body: {
      type: '/problems/confirmation-required',
      problems: [{ contract_id: first.contract_id }, { contract_id: second.contract_id }],
      next: { path: '/v1/change-requests', body: { person_change: body } },
    },
  })
  const requested_by = { channel: 'phone', contact_id: second.contact_id }
  t.equal((await changePerson({ ...body, requested_by })).status, 200)
  const { items } = (await call('GET', `/v1/contacts/${first.contact_id}/history`)).body
  t.match(items[0], { requested_by: { contact_id: second.contact_id, channel: 'phone' } })
})

t.test('R34: with an Idempotency-Key a person change is made once', async t => {
  const [first] = await registerOnContracts(call, 'repeated', 2)
  const body = { contact_id: first.contact_id, changes: { email: 'new@repeated.example.jp' } }
  const key = { 'idempotency-key': 'person-change' }
  const { text } = await changePerson(body, key)
  t.match(await changePerson(body, key), { status: 200, text, headers: { 'idempotent-replayed': 'true' } })
})

t.test('R34: a person change over ten contracts costs at most eight round trips', async t => {
  const [first] = await registerOnContracts(call, 'ten', 10)
  const proxy = await roundTripProxy(t, service.url)
  const counted = openPool(t, proxy.url, 1)
  const instance = await instanceOn(t, { url: proxy.url, owner_url: service.owner_url, database: counted }, clock)
  const send = async (fields: object) =>
    await instance.call('POST', '/v1/person-changes', { contact_id: first.contact_id, ...fields })
  for (let warmed = 0; warmed < 2; warmed++) await send({ changes: { email: `warm${warmed}@ten.example.jp` } })
  for (const fields of [{ changes: { email: 'new@ten.example.jp' } }, { leaves: true }]) {
    const before = proxy.roundTrips()
    t.match(await send(fields), { status: 200, body: { contacts: { length: 10 } } })
    const cost = proxy.roundTrips() - before
    t.ok(cost >= 2 && cost <= 8, `${cost} round trips`)
  }
})
