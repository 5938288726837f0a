import fc from 'fast-check'
import t from 'tap'
import type { Contact } from '#domain/contact.ts'
import type { ContactRow } from '#domain/imports/import-contact-row.ts'
import type { AddressAccounts } from '#domain/roster.ts'
import { account, contact, elsewhere, rosterOf } from '../rosters/roster-facts.ts'
import { SEED as seed } from '../seed.ts'
import { settle, type Fields } from './settled-rows.ts'

const address = fc.constantFrom('a@example.jp', 'b@example.jp', 'c@example.jp', 'taken@example.jp')
const row = fc.record(
  {
    family_name: fc.constantFrom('山田', '伊藤', '佐藤', '鈴木', '高橋'),
    email: address,
    role: fc.constantFrom('primary', 'secondary'),
    shared_mailbox: fc.boolean(),
    contact_id: fc.constantFrom('p', 'q', 'r'),
  },
  { requiredKeys: ['family_name', 'email'] },
)
const present = fc.constantFrom(
  [],
  [contact('p', { role: 'primary', family_name: '山田', email_key: 'a@example.jp', email: 'a@example.jp' })],
  [
    contact('p', { role: 'primary', family_name: '山田', email_key: 'a@example.jp', email: 'a@example.jp' }),
    contact('q', { family_name: '伊藤', email_key: 'b@example.jp', email: 'b@example.jp' }),
    contact('r', { family_name: '佐藤', email_key: 'c@example.jp', email: 'c@example.jp' }),
  ],
)
const known: AddressAccounts = new Map(
  [
    account('a@example.jp'),
    account('b@example.jp'),
    account('taken@example.jp', { customer_id: 'customer-2', elsewhere: [elsewhere('x')] }),
  ].map(one => [one.email_key, one]),
)

t.test('R39: of a bad list, the rows that are taken go together, and none that is refused goes with them', async () => {
  fc.assert(
    fc.property(present, fc.array(row, { minLength: 1, maxLength: 8 }), (contacts, rows) => {
      const { read, settled, isAllowed, taken } = settle({ roster: rosterOf(contacts), rows, known })
      const inOrder = (several: ContactRow[]): ContactRow[] => read.filter(one => several.includes(one))
      const left = read.filter(one => one.refusals.length === 0 && !taken.includes(one))
      return (
        (taken.length === 0 || isAllowed(taken)) &&
        !left.some(one => isAllowed(inOrder([...taken, one]))) &&
        settled.outcomes.length === rows.length &&
        settled.outcomes.every(({ outcome, problems }) => outcome !== 'refused' || problems.length > 0)
      )
    }),
    { seed, numRuns: 500 },
  )
})

const desk = 'desk@example.jp'
const once = (family_name: string, more: Fields = {}): Fields => ({
  family_name,
  email: `${family_name}@example.jp`,
  ...more,
})
const main = { role: 'primary' }
const other = { role: 'secondary' }
const P = contact('p', { role: 'primary', family_name: '山田', email: 'a@example.jp', email_key: 'a@example.jp' })
const Q = contact('q', { family_name: '伊藤', email: 'b@example.jp', email_key: 'b@example.jp' })
const p = (more: Fields): Fields => ({ contact_id: 'p', family_name: '山田', email: 'a@example.jp', ...more })
const q = (more: Fields): Fields => ({ contact_id: 'q', family_name: '伊藤', email: 'b@example.jp', ...more })

/** Each list with the rows that are refused, by their places, and why; all others are taken. */
const LISTS: [what: string, contacts: Contact[], rows: Fields[], refused: Record<number, string>][] = [
  ['two primaries', [], [once('一', main), once('二', main), once('三')], { 1: 'primary-exists' }],
  ['a second primary on a contract that has one', [P], [once('一', main), once('二')], { 0: 'primary-exists' }],
  ['the only primary demoted', [P, Q], [once('一'), p(other), once('二')], { 1: 'primary-required' }],
  [
    'demoted by a later row of the same person',
    [],
    [once('一', main), once('二'), once('一', other)],
    { 2: 'primary-required' },
  ],
  ['handed over, and demoted again', [P], [p(other), once('一', main), once('一', other)], { 2: 'primary-required' }],
  [
    'handed over to a person who cannot come',
    [P],
    [p(other), once('株式会社青空', main), once('二')],
    {
      0: 'primary-required',
      1: 'name-not-personal',
    },
  ],
  [
    'handed over together with a bad row',
    [P, Q],
    [p(other), p({ ...other, email: 'taken@example.jp' }), q(main)],
    { 1: 'email-taken' },
  ],
  [
    'more than the limit',
    [P],
    ['一', '二', '三', '四', '五'].map(name => once(name)),
    {
      3: 'seat-limit-reached',
      4: 'seat-limit-reached',
    },
  ],
  [
    'an address twice',
    [],
    [once('一', { ...main, email: desk }), once('二', { email: desk }), once('三')],
    { 1: 'email-in-use' },
  ],
  [
    'an address that the primary has too',
    [],
    [once('一', { email: desk }), once('二', { ...main, email: desk }), once('三')],
    {
      0: 'email-in-use',
    },
  ],
  [
    'the primary is one too many',
    [],
    [once('一'), once('二'), once('三'), once('四'), once('五', main)],
    { 3: 'seat-limit-reached' },
  ],
  [
    'a later primary at the address of the first',
    [],
    [once('一', { ...main, email: desk }), once('二', { ...main, email: desk }), once('三')],
    { 1: 'primary-exists' },
  ],
  ['demoted after others came', [P], [once('一'), p(other), once('二')], { 1: 'primary-required' }],
  ['demoted twice', [P, Q], [p(other), p(other), once('一')], { 0: 'primary-required', 1: 'primary-required' }],
  [
    'demoted before the next primary comes',
    [],
    [once('一', main), once('二'), once('一', other), once('三', main)],
    {},
  ],
  [
    'the primary moves to an address that is taken',
    [P],
    [once('一'), p({ email: 'taken@example.jp' }), once('二')],
    { 1: 'email-taken' },
  ],
  [
    'a shared address',
    [],
    [once('一', { ...main, email: desk }), once('二', { email: desk, shared_mailbox: true })],
    {},
  ],
  ['addresses that are swapped', [P, Q], [p({ email: 'b@example.jp' }), q({ email: 'a@example.jp' })], {}],
  [
    'addresses that are swapped, with a bad row',
    [P, Q],
    [p({ email: 'b@example.jp' }), once('一', main), q({ email: 'a@example.jp' })],
    { 1: 'primary-exists' },
  ],
  ['half a swap', [P, Q], [p({ email: 'b@example.jp' }), once('一')], { 0: 'email-in-use' }],
  [
    'a contact who becomes another',
    [P, Q],
    [p({ duties: ['system'] }), q({ family_name: '山田', email: 'a@example.jp' })],
    {
      1: 'duplicate-contact',
    },
  ],
  ["another customer's address", [P], [once('一', { email: 'taken@example.jp' }), once('二')], { 0: 'email-taken' }],
  [
    'a notice that is yet to be shown',
    [P],
    [once('一', { privacy_notice_version: '2025-10', privacy_notice_shown_at: '2099-01-01T00:00:00Z' }), once('二')],
    { 0: 'invalid-value' },
  ],
]

for (const [what, contacts, rows, reasons] of LISTS) {
  t.test(`R39: of a list with faults, the faulty rows alone are refused: ${what}`, async t => {
    const { settled } = settle({ roster: rosterOf(contacts), rows, known })
    const outcomes = settled.outcomes.toSorted((a, b) => a.line - b.line)
    const refused = outcomes.flatMap(({ outcome, problems }, index) =>
      ['refused', 'skipped'].includes(outcome) ? [[index, problems[0]?.type]] : [],
    )
    t.same(Object.fromEntries(refused), reasons)
  })
}

t.test('R39: rows with one name at several addresses point at the lines of each other', async t => {
  const twice = [once('一', main), { family_name: '一', email: desk }, { family_name: '山田', email: 'y@example.jp' }]
  const { settled } = settle({ roster: rosterOf([{ ...P, role: 'secondary' }]), rows: twice, known })
  const lines = settled.outcomes.map(({ duplicates }) => duplicates.map(({ name, line }) => [name, line]))
  t.same(lines, [[['一', 3]], [['一', 2]], [['山田', null]]], 'a registered namesake is on no line')
  const again = settle({ roster: rosterOf([P]), rows: [p({}), { family_name: '山田', email: 'y@example.jp' }], known })
  t.match(again.settled.outcomes, [{}, { duplicates: [{ contact_id: 'p', line: 2 }] }])
})
