import t from 'tap'
import type { Contact } from '#domain/contact.ts'
import type { ContractTerm } from '#domain/contracts/contract-term.ts'
import { noAccountChanges } from '#domain/accounts/planned-accounts.ts'
import { contactAfter, contactsAfter } from '#domain/rosters/roster-plan.ts'
import { addressesToPlan } from '#domain/roster-step.ts'
import type { AddressAccount, Roster } from '#domain/roster.ts'
import { account, accountsOf, contact, NOW, planRoster, primary, rosterOf, desiredContact } from './roster-facts.ts'

const a = primary('a')
const b = contact('b')
const noAccounts = noAccountChanges()
const running: ContractTerm = { starts_on: '2024-04-01', ends_on: null }

const plan = (roster: Roster, after: Contact[], open: AddressAccount[], formerTerm?: ContractTerm) => {
  const planned = planRoster(roster, after.map(desiredContact), accountsOf([], ...open), formerTerm)
  const { records: _records, changed_accounts: _accounts, removed_before: _before, ...others } = planned
  return others
}

t.test('R10: the first registration marks the contract as registered, opens the account and takes a seat', async t => {
  const times = { registered_at: NOW, first_registered_at: NOW, updated_at: NOW }
  const registered = { ...a, account_id: 'new-1', ...times }
  const roster = rosterOf([], { registered_at: null })
  t.strictSame(plan(roster, [a], []), {
    contract: roster.contract,
    refusals: [],
    warnings: [],
    added: [registered],
    changed: [],
    removed: [],
    kept: [],
    accounts: { ...noAccounts, opened: [{ account_id: 'new-1', email: 'a@example.jp', email_key: 'a@example.jp' }] },
    seats_used: 1,
    registered_at: NOW,
    occurred_at: NOW,
    over_since: null,
  })
})

t.test('R10: a contract that was registered once stays so, also when the last contact goes', async t => {
  const { seats_used, registered_at, removed } = plan(rosterOf([a]), [], [account(a.email_key)])
  t.strictSame({ seats_used, registered_at }, { seats_used: 0, registered_at: '2024-04-01T00:00:00.000Z' })
  t.strictSame(removed, [{ ...a, removed_at: NOW, updated_at: NOW }])
  t.equal(plan(rosterOf([], { registered_at: null }), [], []).registered_at, null)
})

t.test('R26: no person is removed before they were registered, whatever two clocks say', async t => {
  const registered_at = '2025-04-01T00:30:00.250Z'
  t.match(plan(rosterOf([{ ...a, registered_at }]), [], [account(a.email_key)]).removed, [
    { removed_at: registered_at },
  ])
})

t.test('R11: the primary is replaced by a new person in a full contract, in one plan', async t => {
  const next = primary('next')
  const { refusals, added, removed, kept, seats_used } = plan(
    rosterOf([a, b], { seat_limit: 2 }),
    [next, b],
    [account(a.email_key), account(b.email_key)],
  )
  t.strictSame(refusals, [])
  t.match(added, [{ contact_id: 'next', role: 'primary', account_id: 'new-1', removed_at: null }])
  t.match({ removed, kept, seats_used }, { removed: [{ contact_id: 'a' }], kept: [{ contact_id: 'b' }], seats_used: 2 })
})

t.test('R11: the primary is handed over, and no person comes, goes or changes account', async t => {
  const { refusals, added, changed, removed, accounts } = plan(
    rosterOf([a, b]),
    [
      { ...a, role: 'secondary' },
      { ...b, role: 'primary' },
    ],
    [account(a.email_key), account(b.email_key)],
  )
  t.strictSame({ refusals, added, removed, accounts }, { refusals: [], added: [], removed: [], accounts: noAccounts })
  t.strictSame(changed, [
    { before: a, after: { ...a, role: 'secondary', updated_at: NOW } },
    { before: b, after: { ...b, role: 'primary', updated_at: NOW } },
  ])
})

t.test('R21: a contact who changes address enters the account of the new one', async t => {
  const moved = { ...b, email: a.email, email_key: a.email_key, shared_mailbox: true }
  const { changed, accounts } = plan(rosterOf([a, b]), [a, moved], [account(a.email_key), account(b.email_key)])
  t.strictSame(changed, [
    { before: b, after: { ...moved, mailbox_shared: true, account_id: a.account_id, updated_at: NOW } },
  ])
  t.match(accounts, { closed: [{ account_id: b.account_id }], opened: [], departed: [] })
})

t.test('R16, R21: another spelling of the same address changes no account', async t => {
  const { changed, accounts } = plan(rosterOf([a]), [{ ...a, email: 'A@Example.jp' }], [account(a.email_key)])
  t.match(changed, [{ after: { email: 'A@Example.jp', account_id: a.account_id } }])
  t.strictSame(accounts, noAccounts)
})

t.test('R26: a change of nothing plans nothing', async t => {
  const { added, changed, removed, kept, accounts } = plan(rosterOf([a, b]), [b, a], [])
  t.strictSame(
    { added, changed, removed, kept, accounts },
    { added: [], changed: [], removed: [], kept: [b, a], accounts: noAccounts },
  )
})

t.test('the addresses to lock are those that change, or all where the term changes; sorted', async t => {
  const roster = rosterOf([b, a])
  const desired = [a, contact('z'), contact('c', { email_key: b.email_key })].map(desiredContact)
  t.strictSame(addressesToPlan([{ roster, desired }]), ['b@example.jp', 'z@example.jp'])
  t.strictSame(addressesToPlan([{ roster, desired, formerTerm: running }]), [
    'a@example.jp',
    'b@example.jp',
    'z@example.jp',
  ])
})

t.test('R10: a plan gives the contacts that the contract has after it', async t => {
  const planned = plan(rosterOf([a, b]), [a, contact('c')], [])
  t.strictSame(
    contactsAfter(planned).map(({ contact_id }) => contact_id),
    ['a', 'c'],
  )
  t.match(contactAfter(planned, 'c'), { contact_id: 'c', registered_at: NOW })
  t.throws(() => contactAfter(planned, 'b'), 'a removed contact is not among them')
})
