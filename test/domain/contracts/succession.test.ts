import t from 'tap'
import { RefusedError, type Refusal } from '#domain/refusal.ts'
import { planRosters } from '#domain/rosters/roster-plan.ts'
import { assertSuccessor, readSuccession } from '#domain/contracts/succession.ts'
import { accountsOf, contact, moment, primary, rosterOf, TODAY } from '../rosters/roster-facts.ts'

const desk = { email: 'desk@example.jp', email_key: 'desk@example.jp' }
const a = primary('a')
const [b, c] = [contact('b', desk), contact('c', desk)]
const successor = rosterOf([], { contract_id: 'C-2', starts_on: TODAY, seat_limit: 2 })

function read(from = rosterOf([a, b, c]), to = successor) {
  const now = { people: from.contacts, present: [], since: moment().now }
  return readSuccession({ from, to }, now, TODAY, moment().newId)
}

function refusalOf(work: () => unknown): Refusal | undefined {
  try {
    work()
  } catch (error) {
    if (error instanceof RefusedError) return error.refusals[0]
    throw error
  }
  return undefined
}

t.test('R35: every contact goes on as a new one that says from which, and leaves the former contract', async t => {
  const { from, to } = read()
  t.strictSame(from.contacts, [])
  t.match(to.contacts, [
    { contact_id: 'new-1', carried_from: 'a', role: 'primary', first_registered_at: a.first_registered_at },
    { contact_id: 'new-2', carried_from: 'b', role: 'secondary', shared_mailbox: true },
    { contact_id: 'new-3', carried_from: 'c', shared_mailbox: true },
  ])
  t.notOk(to.contacts[0]?.shared_mailbox)
  const joined = read(rosterOf([primary('a', { mailbox_shared: true })]))
  t.ok(joined.to.contacts[0]?.shared_mailbox, 'with people of other contracts')
})

t.test('R32, R35: which privacy notice was shown, and when, goes along', async t => {
  const unknown = { privacy_notice_version: null, privacy_notice_shown_at: null }
  const { to } = read(rosterOf([a, contact('b', unknown), contact('c', { privacy_notice_shown_at: null })]))
  t.match(to.contacts, [
    { privacy_notice_version: '2025-10', privacy_notice_shown_at: a.privacy_notice_shown_at },
    unknown,
    { privacy_notice_version: '2025-10', privacy_notice_shown_at: c?.registered_at },
  ])
  const step = { roster: successor, desired: to.contacts, may_exceed_limit: true }
  const [plan] = planRosters([step], accountsOf([]), moment())
  t.match(plan, { refusals: [], added: [{}, unknown, {}] })
})

t.test('R35: only while the contract is in force and the successor has not started, the contacts stay', async t => {
  const later = rosterOf([], { contract_id: 'C-2', starts_on: '2025-04-02' })
  t.strictSame(read(rosterOf([a]), later).from.contacts, [a])
  t.strictSame(read(rosterOf([a], { ends_on: '2025-03-31' }), later).from.contacts, [])
  t.strictSame(read(rosterOf([a], { ends_on: '2026-03-31' })).from.contacts, [])
})

t.test('R27, R35: a successor with fewer seats is over its limit, and drops no person', async t => {
  const { from, to } = read()
  const steps = [
    { roster: successor, desired: to.contacts, may_exceed_limit: true },
    { roster: rosterOf([a, b, c]), desired: from.contacts },
  ]
  const [plan, former] = planRosters(steps, accountsOf([a, b, { ...c, account_id: b.account_id }]), moment())
  t.match(plan, { refusals: [], added: { length: 3 }, seats_used: 3, over_since: moment().now })
  t.match(former, { refusals: [], removed: { length: 3 }, seats_used: 0 })
  t.match(plan?.accounts, { opened: [], reopened: [], closed: [], updated: [] }, 'the accounts stay')
})

t.test('R35: what cannot be a succession is refused, and nothing moves', async t => {
  t.match(
    refusalOf(() => assertSuccessor('C-1', 'C-1')),
    { type: 'invalid-value' },
  )
  t.doesNotThrow(() => assertSuccessor('C-1', 'C-2'))
  t.match(
    refusalOf(() => read(rosterOf([a]), rosterOf([], { customer_id: 'customer-2' }))),
    { type: 'state-conflict', because: 'other_customer' },
  )
  const taken = read(rosterOf([]), rosterOf([b], { contract_id: 'C-2' }))
  t.match(taken, {
    from: { contacts: [], refusals: [{ contract_id: 'C-1', because: 'has_no_contacts' }] },
    to: { contacts: [b], refusals: [{ contract_id: 'C-2', because: 'has_contacts' }] },
  })
})
