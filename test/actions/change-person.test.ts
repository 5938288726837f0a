import t from 'tap'
import { person, putContract, register } from '../helpers/fixtures.ts'
import { historyOf } from '../helpers/history.ts'
import { brokenInvariants } from '../helpers/registry-invariants.ts'
import { roundTripProxy } from '../helpers/round-trip-proxy.ts'
import { openPool } from '../helpers/test-database.ts'
import { instanceOn, testService } from '../helpers/test-service.ts'

const service = await testService(t)
const { call, clock, database } = service

const changePerson = async (body: object, headers?: Record<string, string>) =>
  await call('POST', '/v1/person-changes', body, headers)

/** Registers 岡 太郎 as the primary of so many contracts of one customer; answers the contacts. */
async function onContracts(customer_id: string, count: number, fields: object = {}): Promise<any[]> {
  const contacts = []
  for (let n = 1; n <= count; n++) {
    await putContract(call, `${customer_id}-${n}`, { customer_id })
    const oka = {
      role: 'primary',
      family_name: '岡',
      given_name: '太郎',
      email: `oka@${customer_id}.example.jp`,
    } as const
    contacts.push(await register(call, `${customer_id}-${n}`, { ...oka, ...fields }))
  }
  return contacts
}

const peopleOf = async (account_id: string) => (await call('GET', `/v1/support-accounts/${account_id}`)).body
const patch = async (contact: any, body: object) => await call('PATCH', `/v1/contacts/${contact.contact_id}`, body)

t.test('R34: a new name on one of three contracts is refused, with the contacts and the call to make', async t => {
  const contacts = await onContracts('named', 3)
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
  const [first] = await onContracts('moved', 2)
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
  t.equal((await patch(first, { family_name: '岡 ', duties: ['system'] })).status, 200, 'the same name splits nobody')
  t.equal((await patch(first, { email: 'OKA@moved.example.jp' })).status, 200, 'nor does the same address')
})

t.test('R34: what concerns one contract alone is not refused', async t => {
  const [first, second] = await onContracts('alone', 2)
  const other = await register(call, 'alone-1', { family_name: '伊藤', email: first.email, shared_mailbox: true })
  t.equal((await patch(other, { family_name: '江藤' })).status, 200, 'the other of two people at a mailbox')
  await call('PUT', '/v1/contracts/alone-1/primary', { contact_id: other.contact_id })
  t.equal((await call('DELETE', `/v1/contacts/${first.contact_id}`)).status, 204, 'leaving one contract')
  t.equal((await patch(second, { family_name: '鈴木' })).status, 200, 'the only contract left')
  const [ended, going] = await onContracts('over', 2)
  await putContract(call, 'over-1', { customer_id: 'over', ends_on: '2026-03-31' })
  t.equal((await patch(going, { family_name: '鈴木' })).status, 200, 'the other contract has ended')
  t.equal((await patch(ended, { family_name: '佐藤' })).status, 200, 'nor does a contract that has ended count')
})

t.test('R34: a person change is of all contracts in force, and only of that person', async t => {
  const [first, , third] = await onContracts('whole', 3)
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
  const [first] = await onContracts('used', 2)
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
  const [first] = await onContracts('judged', 2)
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

t.test('R34: whoever leaves is taken off every contract, with a successor for the primary', async t => {
  const [first, second] = await onContracts('left', 3)
  const ito = await register(call, 'left-1', { family_name: '伊藤', email: 'ito@left.example.jp' })
  await register(call, 'left-2', { family_name: '佐藤', email: 'sato@left.example.jp' })
  const body = { contact_id: first.contact_id, leaves: true }
  const plan = await call('POST', '/v1/person-changes/plan', body)
  t.match(plan.body, { feasible: false, contracts: [{ feasible: false }, { feasible: false }, { feasible: true }] })
  const refused = await changePerson(body)
  t.match(refused, { status: 409, body: { type: '/problems/primary-required' } })
  t.match(refused.body.problems, [
    { contract_id: 'left-1', primary_contact_id: first.contact_id },
    { contract_id: 'left-2', primary_contact_id: second.contact_id },
  ])
  const new_contact = { family_name: '渡辺', email: 'watanabe@left.example.jp', privacy_notice_version: '2025-10' }
  const successors = [
    { contract_id: 'left-1', contact_id: ito.contact_id },
    { contract_id: 'left-2', new_contact },
  ]
  const done = await changePerson({ ...body, successors })
  t.match(done, { status: 200, body: { contacts: { length: 3 } } })
  for (const { removed_at } of done.body.contacts) t.equal(removed_at, clock.now())
  t.match((await call('GET', '/v1/contracts/left-1/roster')).body.contacts, [{ name: '伊藤 太郎', role: 'primary' }])
  const roster = (await call('GET', '/v1/contracts/left-2/roster')).body
  t.match(roster.contacts, [{ role: 'secondary' }, { name: '渡辺', role: 'primary' }])
  t.match((await call('GET', '/v1/contracts/left-3/roster')).body.contacts, [], 'as DELETE of the last contact')
  t.match(await peopleOf(first.account_id), { state: 'closed' })
  t.equal((await changePerson(body)).status, 404, 'they have left')
})

t.test('R34: successors that do not fit are refused, each with its place', async t => {
  const [first] = await onContracts('unfit', 2)
  await putContract(call, 'beyond', { customer_id: 'unfit' })
  const ito = await register(call, 'unfit-1', { family_name: '伊藤', email: 'ito@unfit.example.jp' })
  await call('PUT', '/v1/contracts/unfit-1/primary', { contact_id: ito.contact_id })
  const leaves = { contact_id: first.contact_id, leaves: true }
  const cases: [object[], string, string][] = [
    [[{ contract_id: 'beyond', contact_id: ito.contact_id }], 'unknown-reference', '#/successors/0/contract_id'],
    [[{ contract_id: 'unfit-2', contact_id: ito.contact_id }], 'unknown-reference', '#/successors/0/contact_id'],
    [[{ contract_id: 'unfit-1', contact_id: ito.contact_id }], 'unknown-reference', '#/successors/0/contact_id'],
    [
      ['ito', 'abe'].map(name => ({
        contract_id: 'unfit-2',
        new_contact: { family_name: '伊藤', email: `${name}@unfit.example.jp`, privacy_notice_version: '2025-10' },
      })),
      'invalid-request',
      '#/successors/1/contract_id',
    ],
    [[{ contract_id: 'unfit-1' }], 'invalid-request', '#/successors/0'],
  ]
  for (const [successors, type, pointer] of cases)
    t.match((await changePerson({ ...leaves, successors })).body, { type: `/problems/${type}`, errors: [{ pointer }] })
  const both = await changePerson({ ...leaves, changes: { family_name: '鈴木' } })
  t.match(both, { status: 400, body: { type: '/problems/invalid-request' } })
  t.equal((await changePerson({ contact_id: first.contact_id, changes: {} })).status, 400)
  t.equal((await changePerson({ contact_id: first.account_id, changes: { email: 'a@b.example.jp' } })).status, 404)
})

t.test('R25: any contact of the person counts as the requester; a stranger needs the primary', async t => {
  const [first, second] = await onContracts('asked', 2)
  const body = { contact_id: first.contact_id, changes: { family_name: '鈴木' } }
  const stranger = { channel: 'mail', name: '謎 次郎', email: 'riddle@asked.example.jp' }
  const refused = await changePerson({ ...body, requested_by: stranger })
  t.match(refused, {
    status: 409,
    body: {
      type: '/problems/confirmation-required',
      problems: [{ contract_id: first.contract_id }, { contract_id: second.contract_id }],
      remedy: /requested_by/,
    },
  })
  t.notOk('next' in refused.body, 'no change request takes the place of a change of two contracts')
  const requested_by = { channel: 'phone', contact_id: second.contact_id }
  t.equal((await changePerson({ ...body, requested_by })).status, 200)
  const { items } = (await call('GET', `/v1/contacts/${first.contact_id}/history`)).body
  t.match(items[0], { requested_by: { contact_id: second.contact_id, channel: 'phone' } })
})

t.test('R34: with an Idempotency-Key a person change is made once', async t => {
  const [first] = await onContracts('repeated', 2)
  const body = { contact_id: first.contact_id, changes: { email: 'new@repeated.example.jp' } }
  const key = { 'idempotency-key': 'person-change' }
  const { text } = await changePerson(body, key)
  t.match(await changePerson(body, key), { status: 200, text, headers: { 'idempotent-replayed': 'true' } })
})

t.test('R34: a person change over ten contracts costs at most eight round trips', async t => {
  const [first] = await onContracts('ten', 10)
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

t.test('R34: twenty renames of one person at once leave one person, under one of the names', async t => {
  const contacts = await onContracts('raced', 3)
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      n % 2 === 0
        ? changePerson({ contact_id: contacts[n % 3].contact_id, changes: { family_name: `人${n}` } })
        : patch(contacts[n % 3], { family_name: `人${n}` }),
    ),
  )
  for (const { status } of answers) t.ok([200, 409].includes(status), `${status}`)
  const names = (await call('GET', '/v1/contacts?customer_id=raced')).body.items.map(({ name }: any) => name)
  t.equal(new Set(names).size, 1, names.join())
  t.match(await peopleOf(contacts[0].account_id), { shared: false })
  t.strictSame(await brokenInvariants(database, clock.today()), {})
})

t.test('R17, R34: a rename against a registration at the new address makes no second person unsaid', async t => {
  for (let round = 1; round <= 5; round++) {
    const customer_id = `met-${round}`
    const [first] = await onContracts(customer_id, 2)
    await putContract(call, `${customer_id}-3`, { customer_id })
    const email = `new@${customer_id}.example.jp`
    const [changed, registered, joined] = await Promise.all([
      changePerson({ contact_id: first.contact_id, changes: { email } }),
      call('POST', `/v1/contracts/${customer_id}-3/contacts`, person({ role: 'primary', family_name: '伊藤', email })),
      // The person comes to a further contract meanwhile, before or after.
      call('POST', `/v1/contracts/${customer_id}-2/contacts`, person({ family_name: '岡', email: first.email })),
    ])
    t.equal([changed, registered].filter(({ status }) => status < 300).length, 1, 'one of them has the address')
    t.ok([201, 409].includes(joined.status), `${joined.status}`)
    const emails = (await call('GET', `/v1/contacts?customer_id=${customer_id}`)).body.items
      .filter(({ name }: any) => name === '岡 太郎')
      .map((contact: any) => contact.email)
    if (joined.status !== 201) t.equal(new Set(emails).size, 1, emails.join())
  }
  t.strictSame(await brokenInvariants(database, clock.today()), {})
})
