import t from 'tap'
import type { Contact } from '#domain/contact.ts'
import { rosterPreviews } from '#domain/rosters/roster-preview.ts'
import { rosterView } from '#domain/rosters/roster-view.ts'
import { desiredRoster, placedRefusals } from '#domain/desired-roster.ts'
import type { Refusal } from '#domain/refusal.ts'
import type { AddressAccount } from '#domain/roster.ts'
import {
  account,
  accountsOf,
  closedAccount,
  contact,
  elsewhere,
  planRoster,
  primary,
  rosterOf,
  TODAY,
  desiredContact,
} from './roster-facts.ts'

const a = primary('a')
const [b, c] = ['b', 'c'].map(id => contact(id)) as [Contact, Contact]
const desk = { email_key: 'desk@example.jp', shared_mailbox: true }
const [d, e] = [contact('d', desk), contact('e', desk)]

function preview(before: Contact[], after: Contact[], ...others: AddressAccount[]) {
  const roster = rosterOf(before)
  const accounts = accountsOf(before, ...others)
  const plan = planRoster(roster, after.map(desiredContact), accounts)
  return rosterPreviews([{ roster, plan }], accounts, TODAY)[0]!
}

t.test('R26: a plan shows who comes, changes and goes, and the seats', async t => {
  const { added, changed, removed, role_changes, seats, refusals } = preview(
    [a, b],
    [{ ...b, role: 'primary', duties: ['system'] }, c],
  )
  t.match(added, [{ family_name: 'c', role: 'secondary', name: 'c' }])
  t.notOk('contact_id' in added[0]!, 'ids are born when it is applied')
  t.match(changed, [
    {
      contact_id: 'b',
      before: { role: 'secondary' },
      after: { role: 'primary', duties: ['system'] },
      fields: ['role', 'duties'],
    },
  ])
  t.match(removed, [{ contact_id: 'a', removed_at: null }])
  t.strictSame(role_changes, [
    { contact_id: 'a', name: 'a', before: 'primary', after: null },
    { contact_id: 'b', name: 'b', before: 'secondary', after: 'primary' },
  ])
  t.strictSame(seats, {
    before: { limit: 4, used: 2, available: 2, over: 0 },
    after: { limit: 4, used: 2, available: 2, over: 0 },
  })
  t.strictSame(refusals, [])
})

t.test('R10: a new primary is a change of roles', async t => {
  t.strictSame(preview([a], [primary('z')]).role_changes, [
    { contact_id: 'a', name: 'a', before: 'primary', after: null },
    { contact_id: null, name: 'z', before: null, after: 'primary' },
  ])
})

t.test('R21: accounts that open and close are shown with their names', async t => {
  const { accounts } = preview([a, b], [a, c])
  t.strictSame(accounts, {
    opened: [{ account_id: null, email: 'c@example.jp', display_name: 'c' }],
    renamed: [],
    rekeyed: [],
    closed: [{ account_id: b.account_id, email: 'b@example.jp', display_name: 'b' }],
    residual_access: [],
  })
})

t.test('R18, R21: a shared account is renamed, and a person who leaves it may still read it', async t => {
  t.strictSame(preview([a, d, e], [a, d]).accounts, {
    opened: [],
    closed: [],
    rekeyed: [],
    renamed: [{ account_id: d.account_id, email: 'desk@example.jp', before: 'd/e', after: 'd' }],
    residual_access: [{ account_id: d.account_id, contact_id: 'e', name: 'e' }],
  })
  t.match(preview([a, d], [a, d, e]).accounts, { renamed: [{ before: 'd', after: 'd/e' }], opened: [] })
})

t.test('R18: the name has people of other contracts as well', async t => {
  const shared = account('desk@example.jp', { account_id: d.account_id, elsewhere: [elsewhere('伊藤')] })
  t.match(preview([a, d], [a], shared).accounts, { closed: [], renamed: [{ before: 'd/伊藤', after: '伊藤' }] })
})

t.test(
  'R20, R28: an account that no person is behind any more closes when a person of another customer comes',
  async t => {
    const lapsed = account('c@example.jp', { account_id: 'theirs', customer_id: 'customer-2' })
    t.match(
      preview([a], [a, c], lapsed).accounts,
      { opened: [{ email: 'c@example.jp' }], closed: [], renamed: [] },
      "which is not this customer's to see",
    )
    const own = account('c@example.jp', { account_id: 'ours', run_out: [elsewhere('x')] })
    t.match(
      preview([a], [a, c], own).accounts,
      {
        opened: [{ account_id: 'ours', display_name: 'c' }],
        closed: [],
        residual_access: [{ account_id: 'ours', name: 'x' }],
      },
      'but the own account opens again, and who had it is named',
    )
  },
)

t.test('R21: an account that goes to another address is shown with both', async t => {
  t.match(preview([a], [{ ...a, email: 'New@example.jp', email_key: 'new@example.jp' }]).accounts, {
    rekeyed: [{ account_id: a.account_id, before: 'a@example.jp', after: 'New@example.jp' }],
    opened: [],
    closed: [],
  })
  const theirs = account('c@example.jp', {
    customer_id: 'customer-2',
    closed: closedAccount('c@example.jp', [contact('x')]),
  })
  t.match(preview([a], [a, c], theirs).accounts, {
    opened: [{ account_id: 'account of c@example.jp' }],
    residual_access: [{ name: 'x' }],
  })
})

t.test('R28: on a contract that has ended no person is behind an account', async t => {
  const roster = rosterOf([a, b], { ends_on: '2025-03-31' })
  const accounts = accountsOf([])
  t.strictSame(
    rosterPreviews([{ roster, plan: planRoster(roster, [desiredContact(a)], accounts) }], accounts, TODAY)[0]!.accounts,
    {
      opened: [],
      renamed: [],
      rekeyed: [],
      closed: [],
      residual_access: [],
    },
  )
})

t.test('a refusal is placed where the request describes what it is about', async t => {
  const described = {
    contacts: [],
    refusals: [],
    places: new Map([
      ['a', '#/contacts/0'],
      ['b', '#/contacts/1'],
    ]),
    whole: '#/contacts',
  }
  t.strictSame(placedRefusals(described, [{ type: 'email-taken', about: ['b', 'a', 'elsewhere'] }]), [
    { type: 'email-taken', pointers: ['#/contacts/1', '#/contacts/0'] },
  ])
  t.strictSame(placedRefusals(described, [{ type: 'email-taken' }]), [
    { type: 'email-taken', pointers: ['#/contacts'] },
  ])
  t.strictSame(
    placedRefusals({ ...described, refusals: [{ type: 'precondition-required' }] }, [{ type: 'email-taken' }]),
    [
      { type: 'precondition-required', pointers: [] },
      { type: 'email-taken', pointers: ['#/contacts'] },
    ],
    'what the request itself gets wrong comes first',
  )
  const undescribed: Refusal = { type: 'email-taken', about: ['a'] }
  t.strictSame(
    placedRefusals(desiredRoster([]), [undescribed]),
    [undescribed],
    'a request without a list has no places',
  )
})

t.test('R26: a roster is its contacts and four numbers', async t => {
  t.match(rosterView({ contract_id: 'C-1', customer_id: 'customer-1', seat_limit: 1 }, [a, b]), {
    contract_id: 'C-1',
    customer_id: 'customer-1',
    seats: { limit: 1, used: 2, available: 0, over: 1 },
    contacts: [{ contact_id: 'a' }, { contact_id: 'b' }],
  })
})
