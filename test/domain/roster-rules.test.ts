import t from 'tap'
import type { Contact } from '#domain/contact.ts'
import { refusalsOf } from '#domain/roster-rules.ts'
import { compareRoster, type AddressAccount, type Roster } from '#domain/roster.ts'
import { account, accountsOf, contact, elsewhere, primary, rosterOf, TODAY, desiredContact } from './roster-facts.ts'

const a = primary('a')
const [b, c, d, e] = ['b', 'c', 'd', 'e'].map(id => contact(id)) as [Contact, Contact, Contact, Contact]
const full = rosterOf([a, b, c, d])

function refusals(roster: Roster, after: Contact[], ...others: AddressAccount[]) {
  const desired = after.map(desiredContact)
  return refusalsOf(roster, desired, compareRoster(roster.contacts, desired), accountsOf(roster.contacts, ...others), {
    today: TODAY,
    formerTerm: roster.contract,
  }).map(({ about: _about, ...refusal }) => refusal)
}

t.test('R10: the first contact has to be the primary', async t => {
  t.strictSame(refusals(rosterOf([]), [a]), [])
  t.strictSame(refusals(rosterOf([]), [b]), [{ type: 'primary-required', contract_id: 'C-1' }])
})

t.test('R10: the primary does not go while others remain, and goes as the last', async t => {
  t.strictSame(refusals(rosterOf([a, b]), [b]), [
    { type: 'primary-required', contract_id: 'C-1', primary_contact_id: 'a' },
  ])
  t.strictSame(refusals(rosterOf([a]), []), [])
})

t.test('R10: nobody steps down without a successor', async t => {
  t.strictSame(refusals(rosterOf([a, b]), [{ ...a, role: 'secondary' }, b]), [
    { type: 'primary-required', contract_id: 'C-1', primary_contact_id: 'a' },
  ])
})

t.test('R10: a contract has one primary, who is named', async t => {
  t.strictSame(refusals(rosterOf([a, b]), [a, b, primary('c')]), [
    { type: 'primary-exists', contract_id: 'C-1', primary_contact_id: 'a' },
  ])
  t.strictSame(refusals(rosterOf([]), [a, primary('b')]), [
    { type: 'primary-exists', contract_id: 'C-1', primary_contact_id: 'a' },
  ])
})

t.test('R11: the primary is handed over or replaced in one step, also when every seat is taken', async t => {
  t.strictSame(refusals(full, [{ ...a, role: 'secondary' }, { ...b, role: 'primary' }, c, d]), [])
  t.strictSame(refusals(full, [primary('new'), b, c, d]), [])
  t.strictSame(refusals(full, [{ ...b, role: 'primary' }, c, d]), [])
  t.match(refusals(full, [primary('new'), { ...a, role: 'secondary' }, b, c, d]), [
    { type: 'seat-limit-reached', limit: 4, used: 4, over: 0 },
  ])
})

t.test('R12, R27: roles and duties change also when the contract is over its limit', async t => {
  const over = rosterOf([a, b, c, d], { seat_limit: 2 })
  t.strictSame(
    refusals(over, [{ ...a, role: 'secondary' }, { ...b, role: 'primary', duties: ['system', 'contract'] }, c, d]),
    [],
  )
})

t.test('R9, R24: a contract registers up to its limit', async t => {
  t.strictSame(refusals(rosterOf([a, b, c]), [a, b, c, d]), [])
  t.strictSame(refusals(full, [a, b, c, d, e]), [
    { type: 'seat-limit-reached', contract_id: 'C-1', limit: 4, used: 4, over: 0 },
  ])
})

t.test('R9: everybody who shares a mailbox takes a seat', async t => {
  t.match(refusals(full, [a, b, c, d, contact('e', { email_key: a.email_key, shared_mailbox: true })]), [
    { type: 'seat-limit-reached' },
  ])
})

t.test('R27: over its limit a contract changes, replaces and loses contacts, and gains none', async t => {
  const over = rosterOf([a, b, c, d], { seat_limit: 2 })
  t.strictSame(refusals(over, [a, b, c, { ...d, family_name: '佐藤' }]), [])
  t.strictSame(refusals(over, [a, b, c, e]), [])
  t.strictSame(refusals(over, [a, b, e]), [], 'still over, but by less')
  t.strictSame(refusals(over, [a, b, c, d, e]), [
    { type: 'seat-limit-reached', contract_id: 'C-1', limit: 2, used: 4, over: 2 },
  ])
  t.match(
    refusals(rosterOf([a, b], { seat_limit: 2 }), [a, b, e]),
    [{ type: 'seat-limit-reached' }],
    'until it is within the limit again',
  )
})

t.test('R28: nobody is registered on a contract that has ended, nor given another address', async t => {
  const ended = rosterOf([a, b], { ends_on: '2025-03-31' })
  const refused = [{ type: 'contract-not-in-force', contract_id: 'C-1', state: 'ended', ends_on: '2025-03-31' }]
  t.strictSame(refusals(ended, [a, b, c]), refused)
  t.strictSame(refusals(ended, [a, { ...b, email_key: 'new@example.jp' }]), refused)
  t.strictSame(refusals(ended, [{ ...a, family_name: '佐藤' }]), [], 'but renamed and removed')
  t.strictSame(refusals(rosterOf([a], { ends_on: TODAY }), [a, b]), [], 'its last day is included')
  t.strictSame(refusals(rosterOf([], { starts_on: '2025-05-01' }), [a]), [], 'before it starts')
})

t.test('R19: one person stands on a contract once; who is there is named', async t => {
  const again = contact('new', { family_name: 'b', email_key: b.email_key })
  t.strictSame(refusals(rosterOf([a, b]), [a, b, again]), [
    { type: 'duplicate-contact', contract_id: 'C-1', contact_id: 'b' },
  ])
  t.match(refusals(rosterOf([a, b, c]), [a, b, { ...c, family_name: 'B', email_key: b.email_key }]), [
    { type: 'duplicate-contact', contact_id: 'b' },
  ])
  t.match(refusals(rosterOf([a]), [a, again, { ...again, contact_id: 'newer' }]), [
    { type: 'duplicate-contact', contact_id: 'new' },
  ])
  t.strictSame(refusals(rosterOf([a, b]), [a, again]), [], 'unless in the place of the other')
  t.strictSame(
    refusals(rosterOf([a, b, again]), [a, b, again, c]),
    [],
    'who stood there twice before stops nobody else',
  )
})

t.test('R17: a second person at an address is refused unless the mailbox is said to be shared', async t => {
  const second = contact('new', { family_name: '伊藤', email_key: a.email_key })
  t.strictSame(refusals(rosterOf([a]), [a, second]), [
    { type: 'email-in-use', contacts: [{ contact_id: 'a', contract_id: 'C-1', name: 'a' }] },
  ])
  t.strictSame(refusals(rosterOf([a]), [a, { ...second, shared_mailbox: true }]), [])
  t.match(
    refusals(rosterOf([a, b]), [a, { ...b, email_key: a.email_key }]),
    [{ type: 'email-in-use' }],
    'also by a change of address',
  )
  t.strictSame(
    refusals(rosterOf([a, b]), [
      { ...a, email_key: b.email_key },
      { ...b, email_key: a.email_key },
    ]),
    [],
    'who swap addresses share none',
  )
})

t.test('R17: the address of a contact of another contract of the customer is in use as well', async t => {
  const open = account('b@example.jp', { elsewhere: [elsewhere('伊藤', { given_name: '花子' }), elsewhere('佐藤')] })
  t.strictSame(refusals(rosterOf([a]), [a, b], open), [
    {
      type: 'email-in-use',
      contacts: [
        { contact_id: '伊藤 elsewhere', contract_id: 'C-2', name: '伊藤 花子' },
        { contact_id: '佐藤 elsewhere', contract_id: 'C-2', name: '佐藤' },
      ],
    },
  ])
  t.strictSame(refusals(rosterOf([a]), [a, { ...b, shared_mailbox: true }], open), [])
})

t.test('R17: two who come together need one statement, of the one who comes second', async t => {
  const second = contact('c', { email_key: b.email_key })
  t.match(refusals(rosterOf([a]), [a, b, second]), [{ type: 'email-in-use', contacts: [{ contact_id: 'b' }] }])
  t.strictSame(refusals(rosterOf([a]), [a, b, { ...second, shared_mailbox: true }]), [])
})

t.test('R17: the statement is not withdrawn while the mailbox is shared', async t => {
  const shared = { ...b, email_key: a.email_key, shared_mailbox: true }
  t.match(refusals(rosterOf([a, shared]), [a, { ...shared, shared_mailbox: false }]), [
    { type: 'email-in-use', contacts: [{ contact_id: 'a' }] },
  ])
  t.strictSame(refusals(rosterOf([a, { ...b, shared_mailbox: true }]), [a, b]), [], 'alone, it is')
  const open = account(b.email_key, { elsewhere: [elsewhere('b'), elsewhere('伊藤')] })
  t.match(
    refusals(rosterOf([a, { ...b, shared_mailbox: true }]), [a, b], open),
    [{ type: 'email-in-use', contacts: [{ name: '伊藤' }] }],
    'nor by who shares it on two contracts',
  )
})

t.test('R19: the same person on a second contract needs no flag, also where others share the mailbox', async t => {
  t.strictSame(refusals(rosterOf([a]), [a, b], account(b.email_key, { elsewhere: [elsewhere('b')] })), [])
  t.strictSame(
    refusals(rosterOf([a]), [a, b], account(b.email_key, { elsewhere: [elsewhere('伊藤'), elsewhere('b')] })),
    [],
  )
})

t.test('R20: an address of another customer is refused, flag or not, and nothing more is said', async t => {
  const theirs = account('b@example.jp', { customer_id: 'customer-2', elsewhere: [elsewhere('b')] })
  t.strictSame(refusals(rosterOf([a]), [a, b], theirs), [{ type: 'email-taken' }])
  t.strictSame(refusals(rosterOf([a]), [a, { ...b, shared_mailbox: true }], theirs), [{ type: 'email-taken' }])
  t.strictSame(refusals(rosterOf([a, c]), [a, { ...c, email_key: b.email_key }], theirs), [{ type: 'email-taken' }])
})

t.test('R20: an account behind which nobody is left serves no customer', async t => {
  t.strictSame(refusals(rosterOf([a]), [a, b], account('b@example.jp', { customer_id: 'customer-2' })), [])
})

t.test('everything that stands in the way is said at once', async t => {
  const after = [
    a,
    b,
    c,
    d,
    contact('a again', { family_name: 'a', email_key: a.email_key }),
    primary('f', { email_key: b.email_key }),
  ]
  t.strictSame(
    refusals(full, after).map(({ type }) => type),
    ['primary-exists', 'seat-limit-reached', 'duplicate-contact', 'email-in-use'],
  )
})

t.test('R17: of a mailbox that a thousand come to unasked, each is told of a few of the others', async t => {
  const crowd = Array.from({ length: 1000 }, (_, index) => contact(`crowd-${index}`, { email_key: 'crowd@example.jp' }))
  const told = refusals(rosterOf([a], { seat_limit: 2000 }), [a, ...crowd]).flatMap(refusal =>
    refusal.type === 'email-in-use' ? [refusal.contacts.length] : [],
  )
  t.equal(told.length, 999)
  t.strictSame(told.slice(0, 12), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10])
})
