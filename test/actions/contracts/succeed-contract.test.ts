import t from 'tap'
import { putContract, register } from '../../helpers/fixtures.ts'
import { historyOf } from '../../helpers/history.ts'
import { brokenInvariants } from '../../helpers/registry-invariants.ts'
import { recordEnds, renewed } from '../../helpers/renewals.ts'
import { testService } from '../../helpers/test-service.ts'

const service = await testService(t)
const { call, callByClient, clock, database } = service
clock.set('2026-03-20T01:00:00.000Z', '2026-03-20')

const succeed = async (from_contract_id: string, to_contract_id: string, fields: object = {}, headers = {}) =>
  await call('POST', '/v1/successions', { from_contract_id, to_contract_id, ...fields }, headers)
const planOf = async (from_contract_id: string, to_contract_id: string) =>
  await call('POST', '/v1/successions/plan', { from_contract_id, to_contract_id })
const rosterOf = async (contract_id: string) => (await call('GET', `/v1/contracts/${contract_id}/roster`)).body
const accountOf = async (contact: any) => (await call('GET', `/v1/support-accounts/${contact.account_id}`)).body
const check = async (from: string, as_of?: string) =>
  (await call('POST', '/v1/sender-checks', { from, ...(as_of && { as_of }) })).body

/** What goes on under the successor. */
const carried = ({ role, duties, name, email, account_id, privacy_notice_shown_at }: any): object => {
  return { role, duties, name, email, account_id, privacy_notice_shown_at }
}

for (const name of ['unrecorded', 'recorded']) {
  t.test(
    `R35: contacts, roles, duties and accounts go on under the successor, entered late, the end ${name}`,
    async t => {
      clock.set('2026-03-20T01:00:00.000Z', '2026-03-20')
      const contacts = await renewed(service, name, { ends_on: '2026-03-31' })
      const before = { roster: await rosterOf(`${name}-1`), sender: await check(`oka@${name}.example.jp`) }
      const then = clock.now()
      clock.set('2026-04-20T01:00:00.000Z', '2026-04-20')
      if (name === 'recorded') await recordEnds(service)
      t.match(await check(`oka@${name}.example.jp`), { authorised: false, reason: 'contract_ended' })
      const plan = await planOf(`${name}-1`, `${name}-2`)
      t.match(plan.body, {
        feasible: true,
        contracts: [
          { contract_id: `${name}-2`, added: { length: 3 }, seats: { after: { used: 3, over: 0 } } },
          { contract_id: `${name}-1`, removed: { length: 3 }, seats: { after: { used: 0 } } },
        ],
      })
      const done = await succeed(`${name}-1`, `${name}-2`, {}, { 'request-id': name })
      t.match(done, {
        status: 200,
        body: { from_contract_id: `${name}-1`, to_contract_id: `${name}-2`, customer_id: name },
      })
      t.same(done.body.contacts.map(carried), contacts.map(carried))
      t.match(
        done.body.contacts,
        contacts.map(({ contact_id, registered_at }) => ({
          carried_from: contact_id,
          first_registered_at: registered_at,
          registered_at: clock.now(),
        })),
      )
      t.same((await rosterOf(`${name}-2`)).contacts, done.body.contacts)
      t.same((await rosterOf(`${name}-1`)).contacts, [])
      t.match(await accountOf(contacts[0]), { state: 'open', password_set_at: then, residual_access: [] })
      t.match(await accountOf(contacts[1]), { state: 'open', password_set_at: then, display_name: '伊藤/佐藤' })
      t.match(await check(`oka@${name}.example.jp`), { authorised: true })
      const as_of = await call('GET', `/v1/contracts/${name}-1/roster?as_of=${then}`)
      t.same(as_of.body.contacts, before.roster.contacts)
      t.match(await check(`oka@${name}.example.jp`, then), { authorised: true, people: before.sender.people })
      const { items } = (await call('GET', `/v1/contracts/${name}-1/history?limit=3`)).body
      t.match(
        items.map(({ event, source }: any) => `${event} ${source}`),
        ['contact.removed succession', 'contact.removed succession', 'contact.removed succession'],
      )
      const again = (await call('GET', `/v1/contacts/${contacts[0].contact_id}`)).body
      t.equal(again.removed_at, clock.now())
      await recordEnds(service)
      t.strictSame(await brokenInvariants(database, clock.today()), {})
    },
  )
}

t.test('R35, R27: fewer seats make the successor over its limit, and drop no person', async t => {
  await renewed(service, 'fewer', {}, { product_id: 'erp_hosting', app_ids: [], starts_on: '2026-04-01' })
  const plan = await planOf('fewer-1', 'fewer-2')
  t.match(plan.body, { feasible: true, contracts: [{ seats: { after: { limit: 2, used: 3, over: 1 } } }, {}] })
  const done = await succeed('fewer-1', 'fewer-2', {}, { 'request-id': 'fewer' })
  t.match(done, { status: 200, body: { seats: { limit: 2, used: 3, available: 0, over: 1 } } })
  t.match((await call('GET', '/v1/contracts/fewer-2')).body, { over_limit: { by: 1, since: clock.now() } })
  t.ok((await historyOf(database, 'fewer')).some(({ event }) => event === 'contract.went_over_limit'))
  t.equal((await call('DELETE', `/v1/contacts/${done.body.contacts[2].contact_id}`)).status, 204)
  await recordEnds(service)
  t.strictSame(await brokenInvariants(database, clock.today()), {})
})

t.test('R34, R35: who got another name or address meanwhile goes on under that', async t => {
  clock.set('2026-03-20T01:00:00.000Z', '2026-03-20')
  const [oka] = await renewed(service, 'wed', { ends_on: '2026-03-31' })
  await putContract(call, 'wed-3', { customer_id: 'wed' })
  const person = { role: 'primary', family_name: '岡', email: oka.email } as const
  const { contact_id } = await register(call, 'wed-3', person)
  clock.set('2026-04-20T01:00:00.000Z', '2026-04-20')
  await recordEnds(service)
  const changes = { family_name: '鈴木', email: 'suzuki@wed.example.jp' }
  t.equal((await call('POST', '/v1/person-changes', { contact_id, changes })).status, 200)
  t.match((await planOf('wed-1', 'wed-2')).body.contracts[0].added, [changes, {}, {}])
  const done = await succeed('wed-1', 'wed-2')
  t.match(done.body.contacts, [{ ...changes, account_id: oka.account_id, carried_from: oka.contact_id }, {}, {}])
  t.strictSame(await brokenInvariants(database, clock.today()), {})
})

t.test('R17, R35: entered late, people go on sharing a mailbox with those who had it already', async t => {
  clock.set('2026-03-20T01:00:00.000Z', '2026-03-20')
  const [oka] = await renewed(service, 'desk', { ends_on: '2026-03-31' })
  await putContract(call, 'desk-3', { customer_id: 'desk' })
  const shared = { role: 'primary', family_name: '江藤', email: oka.email, shared_mailbox: true } as const
  await register(call, 'desk-3', shared)
  clock.set('2026-04-20T01:00:00.000Z', '2026-04-20')
  await recordEnds(service)
  t.match((await planOf('desk-1', 'desk-2')).body, { feasible: true })
  const done = await succeed('desk-1', 'desk-2')
  t.match(done, { status: 200, body: { contacts: [{ name: '岡', mailbox_shared: true }, {}, {}] } })
  await recordEnds(service)
  t.strictSame(await brokenInvariants(database, clock.today()), {})
})

t.test('R35: until the successor starts, the people stay on a contract that is in force', async t => {
  const contacts = await renewed(service, 'early', { ends_on: '2026-04-30' }, { starts_on: '2026-05-01' })
  const done = await succeed('early-1', 'early-2')
  t.match(done, { status: 200, body: { contacts: { length: 3 } } })
  t.same(
    (await rosterOf('early-1')).contacts,
    contacts.map((contact, n) => ({ ...contact, mailbox_shared: n > 0 })),
  )
  t.match(await check('oka@early.example.jp'), { authorised: true })
  const [oka] = done.body.contacts
  t.equal((await call('PATCH', `/v1/contacts/${oka.contact_id}`, { family_name: '鈴木' })).status, 409, 'one person')
  clock.set('2026-05-01T01:00:00.000Z', '2026-05-01')
  t.match(await check('oka@early.example.jp'), { authorised: true, contracts: [{ contract_id: 'early-2' }] })
})

t.test('R25, R35: the requester is recorded, also a stranger, and no person has to confirm', async t => {
  const [oka] = await renewed(service, 'asked')
  const requested_by = { channel: 'mail', name: '謎 次郎', email: 'riddle@asked.example.jp' }
  const { body } = await succeed('asked-1', 'asked-2', { requested_by })
  const { items } = (await call('GET', `/v1/contacts/${body.contacts[0].contact_id}/history`)).body
  t.match(items[0], { source: 'succession', requested_by: { contact_id: null, name: '謎 次郎' } })
  await renewed(service, 'known')
  const { contact_id } = (await rosterOf('known-1')).contacts[1]
  const done = await succeed('known-1', 'known-2', { requested_by: { channel: 'phone', contact_id } })
  t.equal(done.status, 200)
  const unknown = { channel: 'phone', contact_id: oka.contact_id }
  t.equal((await succeed('known-2', 'known-1', { requested_by: unknown })).status, 422)
})

t.test('R35: it takes the scope lifecycles:write, and is made once under an Idempotency-Key', async t => {
  await renewed(service, 'keyed')
  const key = { 'idempotency-key': 'succession' }
  const { text } = await succeed('keyed-1', 'keyed-2', {}, key)
  t.match(await succeed('keyed-1', 'keyed-2', {}, key), { text, headers: { 'idempotent-replayed': 'true' } })
  t.match(await succeed('keyed-1', 'keyed-2'), { status: 409, body: { because: 'has_contacts' } })
  const clerk = callByClient('019d4672-7740-7c41-9d2e-3f5b8a1c7e90', 'contacts:write')
  t.equal((await clerk('POST', '/v1/successions', { from_contract_id: 'a', to_contract_id: 'b' })).status, 403)
})

t.test('R35: of two successions at once, and of a registration meanwhile, the rules decide', async t => {
  for (let round = 1; round <= 5; round++) {
    const name = `raced-${round}`
    await renewed(service, name)
    await putContract(call, `${name}-3`, { customer_id: name })
    const [first, second, joined] = await Promise.all([
      succeed(`${name}-1`, `${name}-2`),
      succeed(`${name}-1`, `${name}-3`),
      call('POST', `/v1/contracts/${name}-1/contacts`, {
        family_name: '渡辺',
        email: `watanabe@${name}.example.jp`,
        privacy_notice_version: '2025-10',
      }),
    ])
    t.same([first.status, second.status].toSorted(), [200, 409])
    t.ok([201, 409].includes(joined.status), `${joined.status}`)
    const people = (await call('GET', `/v1/contacts?customer_id=${name}`)).body.items
    t.equal(people.length, joined.status === 201 ? 4 : 3)
  }
  await recordEnds(service)
  t.strictSame(await brokenInvariants(database, clock.today()), {})
})
