import fc from 'fast-check'
import t from 'tap'
import type { Contact } from '#domain/contact.ts'
import { desiredRoster } from '#domain/desired-roster.ts'
import { futureNotices } from '#domain/future-notices.ts'
import type { ContactRow } from '#domain/import-contact-row.ts'
import { readStep, settleStep, type SettledStep } from '#domain/import-contract-step.ts'
import { applyRows } from '#domain/import-list.ts'
import type { ImportRow } from '#domain/import.ts'
import type { AddressAccounts, DesiredContact, Roster } from '#domain/roster.ts'
import { planRosters, type RosterPlan } from '#domain/roster-plan.ts'
import { account, contact, elsewhere, moment, NOW, rosterOf } from './roster-facts.ts'
import { SEED as seed } from './seed.ts'

type Fields = Record<string, unknown>
type Case = { roster: Roster; rows: Fields[]; known?: AddressAccounts }

const rowsOf = (rows: readonly Fields[]): ImportRow[] =>
  rows.map((fields, index) => ({
    line: index + 2,
    type: 'contact',
    customer_id: null,
    contract_id: 'C-1',
    fields,
    errors: null,
  }))

/** Settles rows under `skip_row`, and says of lists of them whether the rules allow these. */
function settle({ roster, rows, known = new Map() }: Case) {
  let ids = 0
  const reading = { roster, options: { privacy_notice_version: null }, newId: () => `new-${++ids}`, now: NOW }
  const step = readStep(rowsOf(rows), reading)
  const read = 'contacts' in step ? step.contacts : []
  const planOf = (desired: readonly DesiredContact[]): RosterPlan => {
    const plan = planRosters([{ roster, desired }], known, moment())[0]!
    return { ...plan, refusals: [...futureNotices(desiredRoster(desired), plan, NOW), ...plan.refusals] }
  }
  const settled: SettledStep = settleStep(step, { roster }, { on_problem: 'skip_row', has_refused: false }, desired =>
    planOf(desired.contacts),
  )
  const isAllowed = (several: readonly ContactRow[]): boolean =>
    planOf(applyRows(roster.contacts, several).contacts).refusals.length === 0
  const isTaken = (line: number): boolean =>
    settled.outcomes.some(row => row.line === line && !['refused', 'skipped'].includes(row.outcome))
  return { read, settled, isAllowed, taken: read.filter(({ line }) => isTaken(line)) }
}

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
    'handed over to somebody who cannot come',
    [P],
    [p(other), once('株式会社青空', main), once('二')],
    {
      0: 'primary-required',
      1: 'name-not-personal',
    },
  ],
  [
    'handed over beside a bad row',
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
    'a shared address',
    [],
    [once('一', { ...main, email: desk }), once('二', { email: desk, shared_mailbox: true })],
    {},
  ],
  ['addresses that are swapped', [P, Q], [p({ email: 'b@example.jp' }), q({ email: 'a@example.jp' })], {}],
  [
    'addresses that are swapped beside a bad row',
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
