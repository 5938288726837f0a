import t from 'tap'
import type { Contact } from '#domain/contact.ts'
import { planRosters } from '#domain/rosters/roster-plan.ts'
import type { WrittenContact } from '#domain/roster.ts'
import { account, accountsOf, contact, desiredContact, elsewhere, moment, primary, rosterOf } from './roster-facts.ts'
import { a, b, refusals } from './roster-refusals.ts'

const abroad = account(b.email_key, { elsewhere: [elsewhere('b')] })
const types = (found: readonly { type: string }[]): string[] => found.map(({ type }) => type)

t.test('R34: a person who is elsewhere gets no other name or address on one contract alone', async t => {
  const renamed = { ...b, family_name: '鈴木' }
  t.match(refusals(rosterOf([a, b]), [a, renamed], abroad), [
    {
      type: 'person-elsewhere',
      contacts: [{ contact_id: 'b' }, { contract_id: 'C-2' }],
      person_change: { contact_id: 'b', changes: { family_name: '鈴木', given_name: null } },
    },
  ])
  const moved = { ...b, email: 'new@example.jp', email_key: 'new@example.jp', shared_mailbox: true }
  t.match(refusals(rosterOf([a, b]), [a, moved], abroad), [
    { type: 'person-elsewhere', person_change: { changes: { email: 'new@example.jp' }, shared_mailbox: true } },
  ])
  t.strictSame(refusals(rosterOf([a, b]), [a, renamed]), [], 'who is nowhere else is renamed')
  t.strictSame(refusals(rosterOf([a, b]), [a, { ...b, family_name: ' B' }], abroad), [], 'the same name')
  t.strictSame(refusals(rosterOf([a, b]), [a], abroad), [], 'leaving one contract')
  const others = account(b.email_key, { elsewhere: [elsewhere('c')] })
  t.strictSame(refusals(rosterOf([a, b]), [a, renamed], others), [], 'another person at the mailbox is elsewhere')
})

t.test('R34: what an operator says of a new name goes into the person change', async t => {
  const override = { reason: 'Confirmed by phone.' }
  const renamed = { ...b, family_name: '海上', name_note: { pointer: '#', warnings: [], override } }
  t.match(refusals(rosterOf([a, b]), [a, renamed], abroad), [{ person_change: { name_override: override } }])
})

t.test('R34: to remove a person and enter the name again at another address is the same', async t => {
  const again = contact('new', { family_name: 'b' })
  t.match(refusals(rosterOf([a, b]), [a, again], abroad), [
    { type: 'person-elsewhere', person_change: { contact_id: 'b', changes: { email: 'new@example.jp' } } },
  ])
  const known = account(again.email_key, { elsewhere: [{ ...elsewhere('b'), contact_id: 'other' }] })
  t.strictSame(refusals(rosterOf([a, b]), [a, again], abroad, known), [], 'a person of that name is at the address')
  const foreign = account(again.email_key, { customer_id: 'else', elsewhere: [{ ...elsewhere('b'), contact_id: 'x' }] })
  const judged = refusals(rosterOf([a, b]), [a, again], abroad, foreign)
  t.match(judged, [{ type: 'email-taken' }, { type: 'person-elsewhere' }], 'R20: as if it were empty')
  t.strictSame(refusals(rosterOf([a, b]), [a, contact('c')], abroad), [], 'another person follows')
})

t.test('R28, R34: a contract that has ended splits no person', async t => {
  const ended = rosterOf([a, b], { ends_on: '2025-03-31' })
  t.strictSame(refusals(ended, [a, { ...b, family_name: '鈴木' }], abroad), [])
})

function renamed(contact: Contact): WrittenContact {
  return { ...contact, family_name: '鈴木' }
}

t.test('R34: a change of several contracts splits no person either', async t => {
  const first = rosterOf([a, b])
  const again: Contact = { ...primary('again'), family_name: 'b', email: b.email, email_key: b.email_key }
  const second = rosterOf([{ ...again, contract_id: 'C-2' }], { contract_id: 'C-2' })
  const accounts = accountsOf([a, b])
  const plan = (after: Contact[]) =>
    planRosters(
      [
        { roster: first, desired: [a, renamed(b)].map(desiredContact) },
        { roster: second, desired: after.map(desiredContact) },
      ],
      accounts,
      moment(),
    ).map(plan => types(plan.refusals))
  t.strictSame(plan([again]), [['person-elsewhere'], []])
  t.strictSame(plan([renamed(again)]), [[], []])
})
