import type { ActionContext } from '#actions/support/action-context.ts'
import { lockAddresses, type LockedRoster } from '#actions/support/lock-roster.ts'
import { rosterHistory } from '#actions/support/roster-history.ts'
import { updateRoster } from '#db/roster-update.ts'
import type { Statement } from '#db/driver/statement.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import type { ContractTerm } from '#domain/contract-term.ts'
import { placedRefusals, type DesiredRoster } from '#domain/desired-roster.ts'
import { futureNotices } from '#domain/future-notices.ts'
import { monotonicTime } from '#domain/monotonic-time.ts'
import { MOST_REFUSALS, RefusedError } from '#domain/refusal.ts'
import type { Caller } from '#domain/caller.ts'
import { addressesToPlan, planRoster, type RosterPlan } from '#domain/roster-plan.ts'
import type { AddressAccounts, Roster } from '#domain/roster.ts'

export type RosterChange = {
  roster: LockedRoster
  desired: DesiredRoster
  caller: Caller
  /** The contract's term before this change, where the change is the term's. */
  formerTerm?: ContractTerm
}

/** The plan of the roster engine, and the statements that write it: none where nothing changes. */
export type PlannedRosterChange = { plan: RosterPlan; statements: Statement<unknown>[] }

/**
 * The one path of every change of a contract's contacts, under the contract's lock: locks the addresses concerned in a
 * fixed order, plans the step to the desired roster, and refuses what breaks a rule. The caller commits the statements.
 */
export async function planRosterChange(
  context: ActionContext,
  trx: Transaction,
  { roster, desired, caller, formerTerm }: RosterChange,
): Promise<PlannedRosterChange> {
  const { contract } = roster
  assertFewRefusals(desired)
  const addresses = addressesToPlan(roster, desired.contacts, formerTerm !== undefined)
  const accounts = roster.accounts ?? (await lockAddresses(context, trx, contract.contract_id, addresses))
  const plan = planDesiredRoster(context, { roster, desired, accounts, formerTerm })
  const [first, ...others] = plan.refusals
  if (first !== undefined) throw new RefusedError(first, ...others)
  const entries = rosterHistory(plan, contract)
  if (entries.length === 0) return { plan, statements: [] }
  return { plan, statements: [updateRoster(plan, contract, { ...caller, occurred_at: plan.occurred_at }, entries)] }
}

/** If the description alone has as many refusals as an answer can list, the engine looks nothing more up. */
function assertFewRefusals(desired: DesiredRoster): void {
  if (desired.refusals.length < MOST_REFUSALS) return
  const [first, ...others] = placedRefusals(desired, [])
  if (first !== undefined) throw new RefusedError(first, ...others)
}

type PlanningFacts = {
  roster: Roster
  desired: DesiredRoster
  accounts: AddressAccounts
  formerTerm?: ContractTerm | undefined
}

/** The plan at this moment. Its refusals are those of the request and those of the rules, with pointers into it. */
export function planDesiredRoster(
  { clock, newId }: ActionContext,
  { roster, desired, accounts, formerTerm }: PlanningFacts,
): RosterPlan {
  const moment = { now: monotonicTime(roster.contract.changed_at, clock.now()), today: clock.today(), newId }
  const plan = planRoster(roster, desired.contacts, accounts, moment, formerTerm)
  const early = futureNotices(desired, plan, clock.now())
  return { ...plan, refusals: [...early, ...placedRefusals(desired, plan.refusals)].slice(0, MOST_REFUSALS) }
}
