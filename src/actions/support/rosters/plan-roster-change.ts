import type { ActionContext } from '#actions/support/action-context.ts'
import { lockAddresses, type LockedRoster } from '#actions/support/rosters/lock-roster.ts'
import { paired } from '#actions/support/paired.ts'
import { rosterHistory } from '#actions/support/rosters/roster-history.ts'
import { listContractsByIds } from '#db/contracts/contracts.ts'
import { residualEntries } from '#actions/support/rosters/residual-entries.ts'
import { sharingEntries } from '#actions/support/rosters/sharing-entries.ts'
import { updateRosters } from '#db/rosters/roster-update.ts'
import type { Statement } from '#db/driver/statement.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import type { Contract } from '#domain/contracts/contract.ts'
import type { ContractTerm } from '#domain/contracts/contract-term.ts'
import { placedRefusals, type DesiredRoster } from '#domain/desired-roster.ts'
import { futureNotices } from '#domain/rosters/future-notices.ts'
import { monotonicTime } from '#domain/monotonic-time.ts'
import { MOST_REFUSALS, RefusedError, type Refusal } from '#domain/refusal.ts'
import type { Caller } from '#domain/caller.ts'
import type { Contact } from '#domain/contact.ts'
import type { personChangeBody } from '#domain/change-requests/person-change.ts'
import { confirmationRefusals } from '#domain/change-requests/primary-confirmation.ts'
import { requesterIds, settledRequester, type Asking, type RequestedBy, type Settled } from '#domain/requester.ts'
import { planRosters, type RosterPlan } from '#domain/rosters/roster-plan.ts'
import { addressesToPlan, type RosterStep } from '#domain/roster-step.ts'
import type { AddressAccounts, Roster } from '#domain/roster.ts'

/** The change of one contract's contacts that a request describes. */
export type RosterChange<Present extends Roster = Roster> = {
  roster: Present
  desired: DesiredRoster
  /** The contract's term before this change, where the change is the term's. */
  formerTerm?: ContractTerm | undefined
  /** R35, R39: whether the contacts may be more than the seats of the contract. */
  may_exceed_limit?: boolean | undefined
}

/** The plan of the roster engine, and the statements that write it: none where nothing changes. */
export type PlannedRosterChange = { plan: RosterPlan } & PlannedStatements

/** The plans of several contracts, in the order of the changes, and the statements that write them all. */
export type PlannedRosterChanges = { plans: RosterPlan[] } & PlannedStatements

type PlannedStatements = {
  statements: Statement<unknown>[]
  /** Who asked, as history records it. */
  requested_by: RequestedBy | null
}

/** By whom contacts are changed, and at whose request (R25): no way of changing contacts goes without either. */
type Origin = Asked & { caller: Caller }

/** At whose request, and the person change that it is: the request to file instead is then of that (R34). */
export type Asked = { asking: Asking | Settled; person_change?: ReturnType<typeof personChangeBody> | undefined }

/** Plans the change of one contract's contacts, as `planRosterChanges` does of several. */
export async function planRosterChange(
  context: ActionContext,
  trx: Transaction,
  { roster, desired, formerTerm, caller, asking }: RosterChange<LockedRoster> & Origin,
): Promise<PlannedRosterChange> {
  const { plans, ...planned } = await planRosterChanges(context, trx, {
    changes: [{ roster, desired, formerTerm }],
    caller,
    asking,
    accounts: roster.accounts,
  })
  const [plan] = plans
  if (plan === undefined) throw new Error('a change of one contract has one plan')
  return { plan, ...planned }
}

/**
 * The one path of every change of contacts, of one contract or of several contracts of one customer, under their locks:
 * finds the requester among all contacts, locks the addresses concerned in a fixed order, plans the steps to the
 * desired rosters, and refuses the whole change if anything in it breaks a rule or needs the primary's confirmation.
 * The caller commits the statements, which are one for all contracts. `accounts` are those of the addresses, where the
 * caller has locked them already.
 */
export async function planRosterChanges(
  context: ActionContext,
  trx: Transaction,
  change: Origin & { changes: readonly RosterChange[]; accounts?: AddressAccounts | undefined },
): Promise<PlannedRosterChanges> {
  const { changes, caller, asking } = change
  const requested_by = requesterOf(changes, asking)
  assertFewRefusals(changes)
  const contract_ids = changes.map(({ roster }) => roster.contract.contract_id)
  const addresses = addressesToPlan(changes.map(stepOf))
  const accounts = change.accounts ?? (await lockAddresses(context, trx, contract_ids, addresses))
  const plans = planDesiredRosters(context, changes, accounts, change)
  const [first, ...others] = plans.flatMap(({ refusals }) => refusals)
  if (first !== undefined) throw new RefusedError(first, ...others)
  const statements = await statementsOf(context, trx, plans, { ...caller, requested_by })
  return { plans, statements, requested_by }
}

function requesterOf(changes: readonly RosterChange[], asking: Asking | Settled): RequestedBy | null {
  return settledRequester(contactsOf(changes), asking)
}

function contactsOf(changes: readonly RosterChange[]): Contact[] {
  return changes.flatMap(({ roster }) => roster.contacts)
}

/** One statement for all contracts that change at one moment; none where nothing does. */
export async function statementsOf(
  { clock }: ActionContext,
  trx: Transaction,
  plans: readonly RosterPlan[],
  caller: Caller,
): Promise<Statement<unknown>[]> {
  const crossing = await contractsAtLimit(trx, plans)
  const recorded = plans
    .map(plan => ({ plan, entries: rosterHistory(plan, clock.today(), crossing.get(plan.contract.contract_id)) }))
    .filter(({ entries }) => entries.length > 0)
  const [first] = recorded
  if (first === undefined) return []
  const change = { ...caller, occurred_at: first.plan.occurred_at }
  const today = clock.today()
  const others = [...(await sharingEntries(trx, plans, today)), ...(await residualEntries(trx, plans, today))]
  return [
    updateRosters(
      recorded.map(({ plan }) => plan),
      change,
      [...recorded.flatMap(({ entries }) => entries), ...others],
    ),
  ]
}

/** The contracts that go over their limit or come back within it, whole, as they are before the plans (R37). */
async function contractsAtLimit(trx: Transaction, plans: readonly RosterPlan[]): Promise<Map<string, Contract>> {
  const crossing = plans.filter(({ contract, over_since }) => (contract.over_since === null) !== (over_since === null))
  if (crossing.length === 0) return new Map()
  const contracts = await listContractsByIds(
    trx,
    crossing.map(({ contract }) => contract.contract_id),
  )
  return new Map(contracts.map(contract => [contract.contract_id, contract]))
}

/** If the descriptions alone have as many refusals as an answer can list, the engine looks nothing more up. */
function assertFewRefusals(changes: readonly RosterChange[]): void {
  const [first, ...others] = changes.flatMap(({ desired }) => placedRefusals(desired, []))
  if (first !== undefined && others.length + 1 >= MOST_REFUSALS) throw new RefusedError(first, ...others)
}

/**
 * The plans at this moment. Their refusals are those of the request and those of the rules, with pointers into the
 * request, and then a missing confirmation (R25); where the change is of several contracts, each says which contract it
 * is about.
 */
export function planDesiredRosters(
  { clock, newId }: ActionContext,
  changes: readonly RosterChange[],
  accounts: AddressAccounts,
  { asking, person_change }: Asked,
): RosterPlan[] {
  const is_of_several = changes.length > 1
  const requester_ids = requesterIds(contactsOf(changes), requesterOf(changes, asking))
  const asked = { asking, requester_ids, person_change }
  const now = changes.reduce((time, { roster }) => monotonicTime(roster.contract.changed_at, time), clock.now())
  const plans = planRosters(changes.map(stepOf), accounts, { now, today: clock.today(), newId })
  return paired(changes, plans).map(([{ roster, desired }, plan]) => {
    const broken = [...plan.refusals, ...confirmationRefusals(roster, desired.contacts, asked)]
    const refusals = [...futureNotices(desired, plan, clock.now()), ...placedRefusals(desired, broken)]
    const { contract_id } = plan.contract
    return {
      ...plan,
      refusals: refusals
        .slice(0, MOST_REFUSALS)
        .map((refusal): Refusal => (is_of_several ? { contract_id, ...refusal } : refusal)),
    }
  })
}

/**
 * The plan of one contract by itself, of several that a transaction changes at the same moment `now` and that have no
 * address in common: a refusal of one says nothing about the others. No primary has to confirm it.
 */
export function planAlone(
  { clock, newId }: ActionContext,
  change: RosterChange,
  accounts: AddressAccounts,
  now: string,
): RosterPlan[] {
  return planRosters([stepOf(change)], accounts, { now, today: clock.today(), newId }).map(plan => ({
    ...plan,
    refusals: [...change.desired.refusals, ...futureNotices(change.desired, plan, now), ...plan.refusals],
  }))
}

function stepOf({ roster, desired, formerTerm, may_exceed_limit }: RosterChange): RosterStep {
  return { roster, desired: desired.contacts, formerTerm, may_exceed_limit }
}
