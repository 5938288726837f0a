import { desiredRoster } from '#domain/desired-roster.ts'
import { futureNotices } from '#domain/rosters/future-notices.ts'
import type { ContactRow } from '#domain/imports/import-contact-row.ts'
import { readStep, settleStep } from '#domain/imports/import-contract-step.ts'
import type { JudgedList, RefusalsOfList } from '#domain/imports/import-judging.ts'
import { applyRows } from '#domain/imports/import-list.ts'
import type { ImportRow } from '#domain/imports/import.ts'
import { planRosters, type RosterPlan } from '#domain/rosters/roster-plan.ts'
import { rosterRefusals } from '#domain/rosters/roster-refusals.ts'
import type { AddressAccounts, DesiredContact, Roster } from '#domain/roster.ts'
import { moment, NOW, TODAY } from '../rosters/roster-facts.ts'
import { uninterrupted } from './uninterrupted.ts'

export type Fields = Record<string, unknown>
export type Case = { roster: Roster; rows: readonly Fields[]; known?: AddressAccounts }

function rowsOf(rows: readonly Fields[]): ImportRow[] {
  return rows.map((fields, index) => ({
    line: index + 2,
    type: 'contact',
    customer_id: null,
    contract_id: 'C-1',
    fields,
    errors: null,
  }))
}

/** The rows of a list as they are read, and what rules say of lists of them. */
export function readCase({ roster, rows, known = new Map() }: Case) {
  let ids = 0
  const reading = { roster, options: { privacy_notice_version: null }, newId: () => `new-${++ids}`, now: NOW }
  const step = uninterrupted(readStep(rowsOf(rows), reading))
  const planOf = (desired: readonly DesiredContact[]): RosterPlan => {
    const plan = planRosters([{ roster, desired }], known, moment())[0]!
    return { ...plan, refusals: [...futureNotices(desiredRoster(desired), plan, NOW), ...plan.refusals] }
  }
  const refusalsOf: RefusalsOfList = ({ present, ...list }: JudgedList) =>
    rosterRefusals({ roster: { ...roster, contacts: present }, ...list }, known, { now: NOW, today: TODAY })
  return { step, read: 'contacts' in step ? step.contacts : [], planOf, refusalsOf }
}

/** Settles rows under `skip_row`, and says of lists of them whether the rules allow these. */
export function settle(given: Case) {
  const { roster } = given
  const { step, read, planOf, refusalsOf } = readCase(given)
  const rules = { planOf: (desired: { contacts: readonly DesiredContact[] }) => planOf(desired.contacts), refusalsOf }
  const settled = uninterrupted(settleStep(step, { roster }, { on_problem: 'skip_row', has_refused: false }, rules))
  const isAllowed = (several: readonly ContactRow[]): boolean =>
    planOf(applyRows(roster.contacts, several).contacts).refusals.length === 0
  const isTaken = (line: number): boolean =>
    settled.outcomes.some(row => row.line === line && !['refused', 'skipped'].includes(row.outcome))
  return { read, settled, isAllowed, taken: read.filter(({ line }) => isTaken(line)) }
}
