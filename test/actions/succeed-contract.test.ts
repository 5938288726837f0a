import t from 'tap'
import { putContract, register } from '../helpers/fixtures.ts'
import { historyOf } from '../helpers/history.ts'
import { brokenInvariants } from '../helpers/registry-invariants.ts'
import { testService } from '../helpers/test-service.ts'
import { endContract } from '#actions/end-contract.ts'
import { listEndsToRecord } from '#db/contracts.ts'
import { BEFORE_ALL } from '#db/due.ts'

const { call, callByClient, clock, context, database } = await testService(t)
clock.set('2026-03-20T01:00:00.000Z', '2026-03-20')

const succeed = async (from_contract_id: string, to_contract_id: string, fields: object = {}, headers = {}) =>
  await call('POST', '/v1/successions', { from_contract_id, to_contract_id, ...fields }, headers)
const planOf = async (from_contract_id: string, to_contract_id: string) =>
  await call('POST', '/v1/successions/plan', { from_contract_id, to_contract_id })
const rosterOf = async (contract_id: string) => (await call('GET', `/v1/contracts/${contract_id}/roster`)).body
const accountOf = async (contact: any) => (await call('GET', `/v1/support-accounts/${contact.account_id}`)).body
const check = async (from: string, as_of?: string) =>
  (await call('POST', '/v1/sender-checks', { from, ...(as_of && { as_of }) })).body

/** A contract with 岡 as the primary, and 伊藤 and 佐藤 who share a mailbox; and a successor without contacts. */
async function renewed(name: string, from: object = {}, to: object = {}): Promise<any[]> {
  const fields = { customer_id: name, product_id: 'manage', app_ids: ['attendance'] }
  await putContract(call, `${name}-1`, { ...fields, ...from })
  await putContract(call, `${name}-2`, { ...fields, starts_on: '2026-04-01', ...to })
  const email = `desk@${name}.example.jp`
  const contacts = [
    await register(call, `${name}-1`, { role: 'primary', family_name: '岡', email: `oka@${name}.example.jp` }),
    await register(call, `${name}-1`, { family_name: '伊藤', email, shared_mailbox: true, duties: ['system'] }),
    await register(call, `${name}-1`, { family_name: '佐藤', email, shared_mailbox: true }),
  ]
  for (const account_id of new Set(contacts.map(contact => contact.account_id)))
    await call('PATCH', `/v1/support-accounts/${account_id}`, { password_set_at: clock.now() })
  return contacts
}

/** Records the ends of contracts, as the jobs of the day do. */
async function recordEnds(): Promise<void> {
  for (const { id } of await listEndsToRecord(database, clock.today(), { after: BEFORE_ALL, limit: 100 }))
    await endContract(context, id, { actor: 'madoguchi', request_id: 'job', source: 'job' })
}

/** What goes on under the successor. */
const carried = ({ role, duties, name, email, account_id, privacy_notice_shown_at }: any): object => {
  return { role, duties, name, email, account_id, privacy_notice_shown_at }
}

for (const name of ['unrecorded', 'recorded']) {
  t.test(
    `R35: contacts, roles, duties and accounts go on under the successor, entered late, the end ${name}`,
    async t => {
      clock.set('2026-03-20T01:00:00.000Z', '2026-03-20')
      const contacts = await renewed(name, { ends_on: '2026-03-31' })
      const before = { roster: await rosterOf(`${name}-1`), sender: await check(`oka@${name}.example.jp`) }
      const then = clock.now()
      clock.set('2026-04-20T01:00:00.000Z', '2026-04-20')
      if (name === 'recorded') await recordEnds()
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
      t.match(items, Array(3).fill({ event: 'contact.removed', source: 'succession' }))
      const again = (await call('GET', `/v1/contacts/${contacts[0].contact_id}`)).body
      t.equal(again.removed_at, clock.now())
      await recordEnds()
      t.strictSame(await brokenInvariants(database, clock.today()), {})
    },
  )
}

t.test('R35, R27: fewer seats make the successor over its limit, and drop nobody', async t => {
  await renewed('fewer', {}, { product_id: 'erp_hosting', app_ids: [], starts_on: '2026-04-01' })
  const plan = await planOf('fewer-1', 'fewer-2')
  t.match(plan.body, { feasible: true, contracts: [{ seats: { after: { limit: 2, used: 3, over: 1 } } }, {}] })
  const done = await succeed('fewer-1', 'fewer-2', {}, { 'request-id': 'fewer' })
  t.match(done, { status: 200, body: { seats: { limit: 2, used: 3, available: 0, over: 1 } } })
  t.match((await call('GET', '/v1/contracts/fewer-2')).body, { over_limit: { by: 1, since: clock.now() } })
  t.ok((await historyOf(database, 'fewer')).some(({ event }) => event === 'contract.went_over_limit'))
  t.equal((await call('DELETE', `/v1/contacts/${done.body.contacts[2].contact_id}`)).status, 204)
  await recordEnds()
  t.strictSame(await brokenInvariants(database, clock.today()), {})
})

t.test('R35: until the successor starts, the people stay on a contract that is in force', async t => {
  const contacts = await renewed('early', { ends_on: '2026-04-30' }, { starts_on: '2026-05-01' })
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

t.test('R35: what cannot be a succession says which', async t => {
  await renewed('wrong')
  await renewed('other')
  const answers = {
    itself: await succeed('wrong-1', 'wrong-1'),
    unknown: await succeed('wrong-1', 'nowhere'),
    stranger: await succeed('nowhere', 'wrong-2'),
    another: await succeed('wrong-1', 'other-2'),
    empty: await succeed('wrong-2', 'wrong-1'),
  }
  const conflict = (contract_id: string, because: string, pointer: string): object => ({
    status: 409,
    body: { type: '/problems/state-conflict', contract_id, because, errors: [{ pointer }] },
  })
  t.match(answers, {
    itself: { status: 422, body: { errors: [{ pointer: '#/to_contract_id', code: 'same-contract' }] } },
    unknown: { status: 422, body: { references: [{ pointer: '#/to_contract_id', id: 'nowhere' }] } },
    stranger: { status: 422, body: { references: [{ pointer: '#/from_contract_id', id: 'nowhere' }] } },
    another: conflict('other-2', 'other_customer', '#/to_contract_id'),
    empty: conflict('wrong-1', 'has_contacts', '#/to_contract_id'),
  })
  t.match(answers.empty.body.problems, [{ because: 'has_contacts' }, { because: 'has_no_contacts' }])
  await register(call, 'wrong-2', { role: 'primary', family_name: '岡', email: 'oka@wrong.example.jp' })
  t.match(await succeed('wrong-1', 'wrong-2'), conflict('wrong-2', 'has_contacts', '#/to_contract_id'))
  const plan = await planOf('wrong-1', 'wrong-2')
  t.match(plan.body, {
    feasible: false,
    contracts: [{ problems: [{ because: 'has_contacts' }] }, { feasible: true, removed: [] }],
  })
  t.equal((await planOf('wrong-1', 'other-2')).status, 409)
  t.equal((await planOf('wrong-1', 'wrong-1')).status, 422)
  t.equal((await rosterOf('wrong-1')).contacts.length, 3, 'nothing moved')
})

t.test('R28, R17, R20, R35: rules about the successor and about addresses taken meanwhile hold', async t => {
  await renewed('over', {}, { ends_on: '2026-05-31' })
  const [gone] = await renewed('met', { ends_on: '2026-05-31' })
  const [taken] = await renewed('taken', { ends_on: '2026-05-31' })
  clock.set('2026-06-01T01:00:00.000Z', '2026-06-01')
  t.match(await succeed('over-1', 'over-2'), {
    status: 409,
    body: { type: '/problems/contract-not-in-force', contract_id: 'over-2' },
  })
  await putContract(call, 'met-3', { customer_id: 'met' })
  await register(call, 'met-3', { role: 'primary', family_name: '江藤', email: gone.email })
  t.match(await succeed('met-1', 'met-2'), { status: 409, body: { type: '/problems/email-in-use' } })
  await putContract(call, 'theirs', { customer_id: 'theirs' })
  await register(call, 'theirs', { role: 'primary', email: taken.email })
  t.match(await succeed('taken-1', 'taken-2'), { status: 409, body: { type: '/problems/email-taken' } })
  t.equal((await rosterOf('taken-1')).contacts.length, 3)
})

t.test('R25, R35: the requester is recorded, also a stranger, and nobody has to confirm', async t => {
  const [oka] = await renewed('asked')
  const requested_by = { channel: 'mail', name: '謎 次郎', email: 'riddle@asked.example.jp' }
  const { body } = await succeed('asked-1', 'asked-2', { requested_by })
  const { items } = (await call('GET', `/v1/contacts/${body.contacts[0].contact_id}/history`)).body
  t.match(items[0], { source: 'succession', requested_by: { contact_id: null, name: '謎 次郎' } })
  await renewed('known')
  const { contact_id } = (await rosterOf('known-1')).contacts[1]
  const done = await succeed('known-1', 'known-2', { requested_by: { channel: 'phone', contact_id } })
  t.equal(done.status, 200)
  const unknown = { channel: 'phone', contact_id: oka.contact_id }
  t.equal((await succeed('known-2', 'known-1', { requested_by: unknown })).status, 422)
})

t.test('R35: it takes the scope lifecycles:write, and is made once under an Idempotency-Key', async t => {
  await renewed('keyed')
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
    await renewed(name)
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
  await recordEnds()
  t.strictSame(await brokenInvariants(database, clock.today()), {})
})
