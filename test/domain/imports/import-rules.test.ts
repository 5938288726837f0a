import t from 'tap'
import { lineOfPointer, readContactRow } from '#domain/imports/import-contact-row.ts'
import { readStep, settleStep } from '#domain/imports/import-contract-step.ts'
import { readRosterRow } from '#domain/imports/import-roster-row.ts'
import { tryRows } from '#domain/imports/import-trial.ts'
import { batchOf, type ImportUnit } from '#domain/imports/import-unit.ts'
import { joinedGroups } from '#domain/imports/joined-groups.ts'
import { accountsSeenBy, wavesOf } from '#domain/imports/import-wave.ts'
import { piecesOf } from '#domain/imports/import-pieces.ts'
import { importView, type Import } from '#domain/imports/import.ts'
import type { AddressAccount, Roster } from '#domain/roster.ts'
import { judgedWhole } from './judged-whole.ts'
import { uninterrupted } from './uninterrupted.ts'

const unit = (group_id: string, id: string, rows: number): ImportUnit => ({ kind: 'contract', id, group_id, rows })
const account = (customer_id: string, closed_at: string | null) => ({ customer_id, closed_at }) as AddressAccount
const seen = (...known: [AddressAccount, ...AddressAccount[]]) =>
  accountsSeenBy('own', new Set(['x', 'y']), new Map([['x', known]])).get('x')
const NOW = '2026-04-01T00:00:05.000Z'
const view = (entry: Import) => importView({ ...entry, ended_at: entry.ended_at ?? null }, NOW)
const ids = (units: readonly ImportUnit[]) => units.map(({ id }) => id)

t.test('R39: a batch has whole groups, and of a large group as much as fits', async t => {
  t.same(batchOf([], true), [])
  t.same(ids(batchOf([unit('a', '1', 300), unit('b', '2', 200), unit('c', '3', 1)], true)), ['1', '2'])
  t.same(ids(batchOf([unit('a', '1', 300), unit('b', '2', 1)], false)), ['1'], 'the last group may go on')
  t.same(ids(batchOf([unit('a', '1', 450), unit('a', '2', 100)], true)), ['1'])
  t.same(ids(batchOf([unit('a', '1', 5000)], true)), ['1'], 'one unit at least')
  t.same(ids(batchOf([unit('a', '1', 300), unit('a', '2', 150)], false)), ['1', '2'])
})

t.test('R20: groups whose customers share an address are one', async t => {
  t.same([...joinedGroups([])], [])
  const joined = joinedGroups([['c', 'd'], ['b', 'c'], ['a', 'd'], [], ['x', 'y']])
  t.same(Object.fromEntries(joined), { b: 'a', c: 'a', d: 'a', y: 'x' })
})

t.test('R39: steps that meet at an address follow each other', async t => {
  const steps = [['a'], ['b'], ['a', 'b'], []].map(addresses => ({ addresses: new Set(addresses) }))
  t.same(wavesOf(steps), [[steps[0], steps[1], steps[3]], [steps[2]]])
})

t.test('R39: a wave is written in pieces of so many rows, a larger step by itself', async t => {
  const steps = [60, 40, 1, 500, 99, 1].map(rows => ({ rows: Array.from({ length: rows }) }))
  const lengths = [...piecesOf(steps, () => 100)].map(piece => piece.map(({ rows }) => rows.length))
  t.same(lengths, [[60, 40], [1], [500], [99, 1]])
  t.same([...piecesOf([])], [])
  t.equal([...piecesOf(steps, () => 10)].length, steps.length, 'while requests come, of fewer rows')
})

t.test("R21: another customer's closed account is none of a contract's business", async t => {
  const [own, other, third] = ['own', 'other', 'third'].map(id => account(id, '2026-01-01')) as [
    AddressAccount,
    AddressAccount,
    AddressAccount,
  ]
  const open = account('fourth', null)
  t.equal(seen(other), undefined)
  t.same(seen(other, third, own), own)
  t.same(seen(own, other), own)
  t.same(seen(open, other, third, own), { ...open, closed: own })
  t.same(seen(open, third), open)
})

t.test('R39: where no row is to blame, rows are tried in their order', async t => {
  const judging = {
    refusalsOf: (rows: readonly number[]) => (rows.some(row => row > 2) ? [{ type: 'email-taken' as const }] : []),
    blamedFor: () => new Set<number>(),
  }
  const judged = (rows: readonly number[]) => uninterrupted(tryRows(rows, judgedWhole(judging)))
  t.same(judged([]), { taken: [], refused: new Map() })
  t.same(judged([1, 3, 2]), { taken: [1, 2], refused: new Map([[3, [{ type: 'email-taken' }]]]) })
})

t.test('R39: an import says how fast it goes, and how long it may take', async t => {
  const counts = { rows_created: 40, rows_changed: 0, rows_unchanged: 0, rows_refused: 10, rows_skipped: 0 }
  const running = { state: 'running', rows_total: 100, ...counts, started_at: '2026-04-01T00:00:00.000Z' } as Import
  t.match(view(running), { rows: { done: 50 }, rows_per_second: 10, seconds_left: 5 })
  t.match(view({ ...running, started_at: null }), { rows_per_second: null, seconds_left: null })
  t.match(view({ ...running, state: 'finished', ended_at: '2026-04-01T00:00:02.000Z' }), { seconds_left: null })
})

const roster = { contract: { customer_name: '青空', registered_at: null }, contacts: [] } as unknown as Roster
const reading = {
  roster,
  options: { privacy_notice_version: '1' },
  newId: () => 'new',
  now: '2026-04-01T00:00:00.000Z',
}

t.test('R39: a list may have a privacy notice of its own, and dates of the past alone', async t => {
  const listed = { family_name: '山田', email: 'a@b.example.jp', registered_at: '2020-01-01T00:00:00Z' }
  const first = { ...listed, first_registered_at: '2019-01-01T00:00:00Z' }
  const fields = { contacts: [first], privacy_notice_version: '2' }
  const [contact] = readRosterRow({ fields }, reading).contacts
  t.match(contact, { privacy_notice_version: '2', first_registered_at: '2019-01-01T00:00:00.000Z' })
  t.equal(readRosterRow({ fields: { contacts: [listed] } }, reading).contacts[0]?.privacy_notice_version, '1')
  const late = { contacts: [{ ...listed, registered_at: '2030-01-01T00:00:00Z' }] }
  t.match(readRosterRow({ fields: late }, reading).refusals, [{ errors: [{ code: 'in-the-future' }] }])
  t.match(readContactRow({ line: 1, fields: {} }, reading).refusals, [{ type: 'invalid-request' }, {}])
  t.equal(lineOfPointer('#/email'), null)
})

t.test('R39: a list is skipped where a row of its contract was refused before', async t => {
  const row = { line: 3, type: 'roster', customer_id: null, contract_id: 'c', fields: { contacts: [] }, errors: null }
  const step = uninterrupted(readStep([{ ...row, type: 'roster' }], reading))
  const settled = (on_problem: 'skip_row' | 'skip_contract', refusals: object[] = []) =>
    uninterrupted(
      settleStep(
        step,
        { roster },
        { on_problem, has_refused: true },
        {
          planOf: () => {
            const empty = { warnings: [], added: [], changed: [], removed: [], kept: [] }
            return { refusals, ...empty } as never // what is read of a plan
          },
          refusalsOf: () => [],
        },
      ),
    ).outcomes
  t.match(settled('skip_contract'), [{ line: 3, outcome: 'skipped' }])
  t.match(settled('skip_row'), [{ outcome: 'unchanged' }])
  t.match(settled('skip_row', [{ type: 'email-taken' }]), [{ outcome: 'refused' }])
})
