import t from 'tap'
import type { Contact } from '#domain/contact.ts'
import type { ContractTerm } from '#domain/contracts/contract-term.ts'
import { noAccountChanges } from '#domain/accounts/planned-accounts.ts'
import type { AddressAccount, Roster } from '#domain/roster.ts'
import {
  account,
  accountsOf,
  closedAccount,
  contact,
  desiredContact,
  elsewhere,
  NOW,
  planRoster,
  primary,
  rosterOf,
} from '../rosters/roster-facts.ts'

const a = primary('a')
const b = contact('b')
const noAccounts = noAccountChanges()
const running: ContractTerm = { starts_on: '2024-04-01', ends_on: null }
const ENDED = '2025-03-31'

const plan = (roster: Roster, after: Contact[], open: AddressAccount[], formerTerm?: ContractTerm) =>
  planRoster(roster, after.map(desiredContact), accountsOf([], ...open), formerTerm)

t.test(
  'R28: when a contract ends its contacts stay and their accounts close, unless another contract is behind them',
  async t => {
    const open = [account(a.email_key), account(b.email_key, { elsewhere: [elsewhere('b')] })]
    const { refusals, kept, changed, accounts, seats_used } = plan(
      rosterOf([a, b], { ends_on: ENDED }),
      [a, b],
      open,
      running,
    )
    t.strictSame({ refusals, kept, changed, seats_used }, { refusals: [], kept: [a, b], changed: [], seats_used: 2 })
    t.match(accounts, { closed: [{ account_id: a.account_id }], departed: [] })
    t.equal(accounts.closed.length, 1)
  },
)

t.test('R28: a contract that comes back into force reopens the accounts of its contacts', async t => {
  const closed = [closedAccount(a.email_key, [a]), closedAccount(b.email_key, [b])]
  const { refusals, kept, changed, accounts } = plan(rosterOf([a, b]), [a, b], closed, { ...running, ends_on: ENDED })
  t.strictSame({ refusals, kept, changed }, { refusals: [], kept: [a, b], changed: [] })
  t.match(accounts, { reopened: [{ account_id: a.account_id }, { account_id: b.account_id }], opened: [] })
})

t.test('R28: where the customer opened a newer account meanwhile, the contacts who come back belong to it', async t => {
  const newer = account(b.email_key, { account_id: 'newer', elsewhere: [elsewhere('b')] })
  const { refusals, kept, changed } = plan(rosterOf([a, b]), [a, b], [account(a.email_key), newer], {
    ...running,
    ends_on: ENDED,
  })
  t.strictSame({ refusals, kept }, { refusals: [], kept: [a] })
  t.strictSame(changed, [{ before: b, after: { ...b, account_id: 'newer', updated_at: NOW } }])
})

t.test('R20, R28: a contract does not come back with an address that serves another customer by now', async t => {
  const theirs = account(a.email_key, { account_id: 'theirs', customer_id: 'customer-2', elsewhere: [elsewhere('x')] })
  t.strictSame(plan(rosterOf([a]), [a], [theirs], { ...running, ends_on: ENDED }).refusals, [
    { type: 'email-taken', about: ['a'] },
  ])
  t.strictSame(plan(rosterOf([a], { ends_on: ENDED }), [a], [theirs], running).refusals, [], 'but it may end')
  const closed = closedAccount(a.email_key, [a])
  const { refusals, accounts } = plan(rosterOf([a]), [a], [{ ...theirs, elsewhere: [], closed }], {
    ...running,
    ends_on: ENDED,
  })
  t.strictSame(refusals, [])
  t.match(accounts, {
    reopened: [{ account_id: a.account_id }],
    lapsed: [{ account_id: 'theirs', customer_id: 'customer-2' }],
  })
})

t.test(
  'R28: on an ended contract contacts are still renamed, handed the role and removed, without an account',
  async t => {
    const ended = rosterOf([a, b], { ends_on: ENDED })
    const { refusals, changed, removed, accounts } = plan(ended, [{ ...b, role: 'primary' }], [])
    t.strictSame({ refusals, accounts }, { refusals: [], accounts: noAccounts })
    t.match(
      { changed, removed },
      { changed: [{ after: { role: 'primary', account_id: b.account_id } }], removed: [{ contact_id: 'a' }] },
    )
  },
)

t.test('R28: a new person on an ended contract is refused', async t => {
  t.match(plan(rosterOf([a], { ends_on: ENDED }), [a, b], []).refusals, [{ type: 'contract-not-in-force' }])
})
