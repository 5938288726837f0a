import fc from 'fast-check'
import t from 'tap'
import { listJudging, type JudgedList } from '#domain/imports/import-judging.ts'
import { tryRows, type Trial } from '#domain/imports/import-trial.ts'
import type { ContactRow } from '#domain/imports/import-contact-row.ts'
import type { AddressAccounts } from '#domain/roster.ts'
import { account, contact, elsewhere, rosterOf } from '../rosters/roster-facts.ts'
import { judgedWhole } from './judged-whole.ts'
import { SEED as seed } from '../seed.ts'
import { readCase, settle, type Case, type Fields } from './settled-rows.ts'
import { uninterrupted } from './uninterrupted.ts'

const emailOf = (name: string): string => `${name}@example.jp`
const placed = (place: string, fields: Fields = {}) =>
  contact(place, { family_name: place, email: emailOf(place), email_key: emailOf(place), ...fields })
const others = { customer_id: 'customer-2', elsewhere: [elsewhere('x')] }

const row = fc.record(
  {
    family_name: fc.constantFrom('山田', '伊藤', '佐藤', 'p', 'q'),
    email: fc.constantFrom('p', 'q', 'r', 's', 'u', 'taken').map(emailOf),
    role: fc.constantFrom('primary', 'secondary'),
    shared_mailbox: fc.boolean(),
    contact_id: fc.constantFrom('p', 'q', 'r'),
  },
  { requiredKeys: ['family_name', 'email'] },
)
const present = fc.constantFrom(
  [],
  [placed('p', { role: 'primary' })],
  [placed('p', { role: 'primary' }), placed('q'), placed('r')],
)
const known: AddressAccounts = new Map(
  [account(emailOf('p')), account(emailOf('q')), account(emailOf('taken'), others)].map(one => [one.email_key, one]),
)

/** What becomes of a list, by the lines of its rows. */
function shown({ taken, refused }: Trial<ContactRow>): unknown {
  return [taken.map(({ line }) => line), [...refused].map(([{ line }, refusals]) => [line, refusals])]
}

t.test('R39: rows judged with the people of their addresses are judged as with the whole list', async () => {
  fc.assert(
    fc.property(present, fc.array(row, { minLength: 1, maxLength: 12 }), (contacts, rows) => {
      const roster = rosterOf(contacts)
      const { read, refusalsOf } = readCase({ roster, rows, known })
      const readable = read.filter(({ refusals }) => refusals.length === 0)
      const parts = listJudging(contacts, readable, refusalsOf)
      const whole = judgedWhole<ContactRow>({
        ...parts,
        refusalsOf: several => parts.refusalsOf(several.toSorted((a, b) => a.line - b.line)),
      })
      const [one, other] = [parts, whole].map(judging => shown(uninterrupted(tryRows(readable, judging))))
      return JSON.stringify(one) === JSON.stringify(other)
    }),
    { seed, numRuns: 300 },
  )
})

const newcomer = (index: number, more: Fields = {}): Fields => ({
  family_name: `佐${String.fromCodePoint(0x4e00 + index)}`,
  email: emailOf(`u${index}`),
  ...more,
})

/** Lists of which every second row is at fault, by what is wrong with it. */
const FAULTY: Record<string, (index: number) => Fields> = {
  'no seat is left': index => newcomer(index),
  'the address of all': index => newcomer(index, { email: emailOf('desk') }),
  'the address of the row before': index => newcomer(index, { email: emailOf(`u${index - 1}`) }),
  "another customer's address": index => newcomer(index, { email: emailOf('taken') }),
  'one more primary': index => newcomer(index, { role: 'primary' }),
}

/** Counts the lists that are judged, and the people in them. */
function counted({ roster, rows }: Case) {
  const { read, refusalsOf } = readCase({ roster, rows, known })
  const count = { lists: 0, people: 0 }
  const judging = listJudging(roster.contacts, read, (list: JudgedList) => {
    count.lists++
    count.people += list.desired.length
    return refusalsOf(list)
  })
  return { ...count, ...uninterrupted(tryRows(read, judging)), ...count }
}

const SIZES = [100, 1000]

for (const [what, faulty] of Object.entries(FAULTY)) {
  t.test(`R39: a list is judged in time that grows with its rows: ${what}`, async t => {
    for (const size of SIZES) {
      const rows = Array.from({ length: size }, (_, index) =>
        index % 2 === 0 ? newcomer(index, index === 0 ? { role: 'primary' } : {}) : faulty(index),
      )
      const roster = rosterOf([], { seat_limit: what === 'no seat is left' ? size / 2 : 5000 })
      const { lists, people, refused } = counted({ roster, rows })
      t.ok(refused.size >= size / 2 - 1, `${refused.size} of ${size} rows are refused`)
      t.ok(lists <= 2 * size + 150, `${lists} lists are judged`)
      t.ok(people <= 20 * size, `of ${people} people`)
    }
  })
}

t.test('R39: where too many lists would be judged, rows that only go together are refused', async t => {
  const rows = Array.from({ length: 200 }, (_, index) => index)
  let lists = 0
  const judging = {
    refusalsOf: () => [{ type: 'email-taken' as const }],
    blamedFor: () => new Set<number>(),
    soundList: () => ({
      // Two rows go together, if they are five apart. In the end, one would go alone.
      refusalsOf: ([one = 0, other = 0, ...more]: readonly number[]) => {
        lists++
        const isAllowed = (one === other - 5 && more.length === 0) || (lists > 14_000 && one === 199)
        return isAllowed ? [] : [{ type: 'email-taken' as const }]
      },
      add: () => {},
    }),
  }
  const { taken, refused } = uninterrupted(tryRows(rows, judging))
  t.ok(lists < 14_000 + 200)
  t.ok(taken.length > 20 && taken.includes(199))
  t.equal(taken.length + refused.size, 200)
  t.notOk([...refused.values()].some(refusals => refusals.length === 0))
})

const onlyOne = (several: readonly number[]) => (several.length > 1 ? [{ type: 'primary-exists' as const }] : [])

t.test('R39: rows by which blame finds no end are found one by one', async t => {
  const rows = Array.from({ length: 60 }, (_, index) => index)
  const judging = judgedWhole<number>({ refusalsOf: onlyOne, blamedFor: several => new Set(several.slice(-1)) })
  t.same(uninterrupted(tryRows(rows, judging)).taken, [0])
})

t.test('R10, R39: a person who is demoted in row after row stays the primary', async t => {
  const roster = rosterOf([placed('p', { role: 'primary' }), placed('q')])
  const demoted = Array.from({ length: 70 }, (): Fields => ({ ...newcomer(0), contact_id: 'p', role: 'secondary' }))
  const { taken, settled } = settle({ roster, rows: [...demoted, newcomer(1)] })
  t.same(
    taken.map(({ line }) => line),
    [72],
  )
  t.ok(settled.outcomes.every(({ outcome }) => outcome !== 'skipped'))
})

t.test('R10, R39: of many rows that could be the primary in place of the one that is lost, one is found', async t => {
  const desk = { email: emailOf('desk') }
  const rows = [
    newcomer(0, desk),
    ...Array.from({ length: 14 }, (_, at) => newcomer(at + 1, { ...desk, role: 'primary' })),
  ]
  const { taken, settled } = settle({ roster: rosterOf([]), rows })
  t.same(
    taken.map(({ line }) => line),
    [3],
  )
  t.ok(settled.outcomes.every(({ line, problems }) => line === 3 || problems.length > 0))
})
