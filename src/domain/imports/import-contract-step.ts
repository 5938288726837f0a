import { desiredRoster, placedRefusals, type DesiredRoster } from '#domain/desired-roster.ts'
import {
  lineOfPointer,
  pointerInRow,
  readContactRow,
  type ContactRow,
  type RowReading,
} from '#domain/imports/import-contact-row.ts'
import { listJudging, type RefusalsOfList } from '#domain/imports/import-judging.ts'
import { applyRows, type AppliedRows } from '#domain/imports/import-list.ts'
import { readRosterRow } from '#domain/imports/import-roster-row.ts'
import { doneRow, refusedRow, skippedRow } from '#domain/imports/import-row-outcome.ts'
import { tryRows, type Interruptible, type Trial } from '#domain/imports/import-trial.ts'
import type { ImportRow, PossibleDuplicate, RowOutcome } from '#domain/imports/import.ts'
import { nameKey } from '#domain/names/name-keys.ts'
import { fullName } from '#domain/person-name.ts'
import { contactsAfter, type RosterPlan } from '#domain/rosters/roster-plan.ts'
import type { WrittenContact } from '#domain/roster.ts'
import type { OnProblem } from '#domain/vocabulary.ts'

/** How a contract's step is judged. */
export type StepRules = {
  /** The plan of the step to a desired roster, with all that rules say against it. */
  planOf: (desired: DesiredRoster) => RosterPlan
  /** What rules say against a list, as its plan would have it. */
  refusalsOf: RefusalsOfList
}

/** What becomes of a contract's rows, and the plan to write: undefined where nothing of them is taken. */
export type SettledStep = { plan: RosterPlan | undefined; outcomes: RowOutcome[] }

/** Contacts' rows that make one desired roster together, or a roster's line, which makes one alone. */
export type ReadStep = { contacts: ContactRow[] } | { line: number; list: DesiredRoster }

/** Reads the rows of one step of a contract against its present roster. */
export function* readStep(rows: readonly ImportRow[], reading: RowReading): Interruptible<ReadStep> {
  const [first] = rows
  if (first?.type === 'roster') return { line: first.line, list: readRosterRow(first, reading) }
  const contacts: ContactRow[] = []
  for (const row of rows) {
    contacts.push(readContactRow(row, reading))
    yield
  }
  return { contacts }
}

/**
 * Decides what becomes of a step's rows. Those that rules refuse are refused each with its reasons; what is taken of
 * the others is one desired roster. Under `skip_contract` one refused row keeps all others out, and so does a row that
 * was refused before (`has_refused`). Under `skip_row` the import makes no contact the primary: without one all others
 * are left out. /
 */
export function* settleStep(
  step: ReadStep,
  { roster }: Pick<RowReading, 'roster'>,
  { on_problem, has_refused }: { on_problem: OnProblem; has_refused: boolean },
  rules: StepRules,
): Interruptible<SettledStep> {
  if ('list' in step)
    return settleList(step, roster.contract.registered_at === null, rules, keepsOut(on_problem, has_refused))
  const present = roster.contacts
  const planOfRows = (rows: readonly ContactRow[]): RosterPlan =>
    rules.planOf(desiredRoster(applyRows(present, rows).contacts))
  const readable = step.contacts.filter(({ refusals }) => refusals.length === 0)
  const whole = planOfRows(readable)
  yield
  const trial: Trial<ContactRow> =
    whole.refusals.length === 0
      ? { taken: readable, refused: new Map() }
      : yield* tryRows(readable, listJudging(present, readable, rules.refusalsOf))
  const refused = step.contacts
    .filter(row => row.refusals.length > 0 || trial.refused.has(row))
    .map(row => refusedRow(row, trial.refused.get(row) ?? row.refusals))
  const isRefused = has_refused || refused.length > 0
  if (keepsOut(on_problem, isRefused))
    return { plan: undefined, outcomes: [...refused, ...trial.taken.map(row => skippedRow(row))] }
  const plan = trial.taken.length === readable.length ? whole : planOfRows(trial.taken)
  yield
  if (plan.refusals.length > 0)
    return { plan: undefined, outcomes: [...refused, ...leftOut(trial.taken, plan, isRefused)] }
  const taken = takenRows(applyRows(present, trial.taken), plan)
  return { plan, outcomes: [...refused, ...taken] }
}

function keepsOut(on_problem: OnProblem, isRefused: boolean): boolean {
  return on_problem === 'skip_contract' && isRefused
}

/** Without a primary no other row is taken; if no row was refused before, these rows are refused for lacking one. */
function leftOut(rows: readonly ContactRow[], { refusals }: RosterPlan, isRefused: boolean): RowOutcome[] {
  return rows.map(row => (isRefused ? skippedRow(row, refusals) : refusedRow(row, refusals)))
}

function settleList(
  { line, list }: { line: number; list: DesiredRoster },
  is_new: boolean,
  { planOf }: StepRules,
  isKeptOut: boolean,
): SettledStep {
  if (isKeptOut) return { plan: undefined, outcomes: [skippedRow({ line })] }
  if (list.refusals.length > 0) return { plan: undefined, outcomes: [refusedRow({ line }, list.refusals)] }
  const plan = planOf(list)
  if (plan.refusals.length > 0)
    return { plan: undefined, outcomes: [refusedRow({ line }, placedRefusals(list, plan.refusals))] }
  const { added, changed, removed } = plan
  const isSame = added.length + changed.length + removed.length === 0
  return {
    plan,
    outcomes: [doneRow({ line }, isSame ? 'unchanged' : is_new ? 'created' : 'changed', { warnings: plan.warnings })],
  }
}

/** What the rows that are taken did, each with what an operator should know of it. */
function takenRows({ effects }: AppliedRows, plan: RosterPlan): RowOutcome[] {
  const warnings = Map.groupBy(plan.warnings, ({ pointer }) => lineOfPointer(pointer))
  const contacts = Map.groupBy(contactsAfter(plan), nameKey)
  const lines = new Map(effects.toReversed().map(({ row, contact_id }) => [contact_id, row.line]))
  return effects.map(({ row, contact_id, outcome, same_as_line }) => {
    const own = (warnings.get(row.line) ?? []).map(one => ({ ...one, pointer: pointerInRow(one.pointer) }))
    const name = fullName(row.contact)
    const earlier = same_as_line === null ? [] : [{ contact_id, name, line: same_as_line }]
    const duplicates = [...earlier, ...(outcome === 'created' ? namesakesOf(row, contact_id, contacts, lines) : [])]
    return doneRow(row, outcome, { contact_id, warnings: own, duplicates })
  })
}

const MOST_NAMED = 10

/** The contacts of a contract by the keys of their names. */
type ByName = ReadonlyMap<string, readonly WrittenContact[]>

/**
 * The contacts of the same contract that have the name of a row, at another address: perhaps the same person. `lines`
 * has the first line of the file about each contact.
 */
function namesakesOf(
  { contact }: ContactRow,
  contact_id: string,
  contacts: ByName,
  lines: ReadonlyMap<string, number>,
): PossibleDuplicate[] {
  const named = contacts.get(nameKey(contact)) ?? []
  return named
    .filter(other => other.contact_id !== contact_id && other.email_key !== contact.email_key)
    .slice(0, MOST_NAMED)
    .map(other => ({ contact_id: other.contact_id, name: fullName(other), line: lines.get(other.contact_id) ?? null }))
}
