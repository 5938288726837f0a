import type { ActionContext, Requester } from '#actions/support/action-context.ts'
import { rosterHistory } from '#actions/support/roster-history.ts'
import { lockThings } from '#db/driver/locks.ts'
import { findAddressAccounts, listRoster, lockContract, writeRoster } from '#db/roster.ts'
import type { Statement } from '#db/driver/statement.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import type { ContractTerm } from '#domain/contract-term.ts'
import { RefusedError } from '#domain/refusal.ts'
import { addressesToPlan, planRoster, type RosterPlan } from '#domain/roster-plan.ts'
import { monotonicTime } from '#domain/monotonic-time.ts'
import { placedRefusal, type DesiredRoster } from '#domain/desired-roster.ts'
import type { AddressAccounts, Roster, DesiredContact } from '#domain/roster.ts'

/** What a roster shall become, worked out from what it is: the list alone, or with where the request describes it. Throws RefusedError where that cannot be said. */
export type Wish = (roster: Roster) => readonly DesiredContact[] | DesiredRoster

export type RosterChange = {
  contract_id: string
  requester: Requester
  wish: Wish
  /** The only address concerned, where it is known beforehand: it is locked in the first round trip, after the contract. */
  address?: string
}

/**
 * The one path of every change of a contract's contacts: locks the contract, then the addresses concerned in a fixed
 * order, plans, refuses what breaks a rule, writes the difference and the record of it, and commits. `extraStatements` gives
 * statements that have to land with the change, from its plan.
 */
export async function changeRoster(
  context: ActionContext,
  trx: Transaction,
  change: RosterChange,
  extraStatements: (plan: RosterPlan) => Statement<unknown>[] = () => [],
): Promise<RosterPlan> {
  const { contract_id, requester, address } = change
  const [roster, looked] = await Promise.all([
    lockRoster(trx, contract_id),
    address === undefined ? undefined : lockAddresses(context, trx, contract_id, [address]),
  ])
  const { plan, statements } = await planChange(context, trx, {
    roster,
    wish: change.wish(roster),
    requester,
    ...(looked && { looked }),
  })
  await trx.commitWith(...statements, ...extraStatements(plan))
  return plan
}

/** The contract and its contacts, which nobody else changes until the transaction ends. */
async function lockRoster(trx: Transaction, contract_id: string): Promise<Roster> {
  const [contract, contacts] = await Promise.all([lockContract(trx, contract_id), listRoster(trx, contract_id)])
  if (contract === undefined) throw new RefusedError({ type: 'not-found', resource: 'contract' })
  return { contract, contacts }
}

/** The open accounts of addresses, which nobody else comes to or leaves until the transaction ends. */
async function lockAddresses(
  { clock }: ActionContext,
  trx: Transaction,
  contract_id: string,
  addresses: readonly string[],
): Promise<AddressAccounts> {
  const [, accounts] = await Promise.all([
    lockThings(trx, 'address', addresses),
    findAddressAccounts(trx, addresses, contract_id, clock.today()),
  ])
  return accounts
}

export type PlannedChange = {
  roster: Roster
  wish: ReturnType<Wish>
  requester: Requester
  formerTerm?: ContractTerm
  looked?: AddressAccounts
}

/** Plans the step to the desired roster under the locks of its addresses, and gives the statements that write it. */
export async function planChange(
  context: ActionContext,
  trx: Transaction,
  { roster, wish, requester, formerTerm, looked }: PlannedChange,
): Promise<{ plan: RosterPlan; statements: Statement<unknown>[] }> {
  const { contract } = roster
  const accounts =
    looked ??
    (await lockAddresses(
      context,
      trx,
      contract.contract_id,
      addressesToPlan(roster, desiredOf(wish), formerTerm !== undefined),
    ))
  const plan = planDesired(context, roster, wish, accounts, formerTerm)
  const [first, ...others] = plan.refusals
  if (first !== undefined) throw new RefusedError(first, ...others)
  const entries = rosterHistory(plan, contract)
  if (entries.length === 0) return { plan, statements: [] }
  return { plan, statements: [writeRoster(plan, contract, { ...requester, occurred_at: plan.occurred_at }, entries)] }
}

/** Plans what is desired for: the plan's refusals are those of the request and those of the rules, each placed in the request. */
export function planDesired(
  { clock, newId }: ActionContext,
  roster: Roster,
  wish: ReturnType<Wish>,
  accounts: AddressAccounts,
  formerTerm?: ContractTerm,
): RosterPlan {
  const plan = planRoster(
    roster,
    desiredOf(wish),
    accounts,
    { now: monotonicTime(roster.contract.changed_at, clock.now()), today: clock.today(), newId },
    formerTerm,
  )
  return isDescribed(wish)
    ? {
        ...plan,
        refusals: [
          ...wish.refusals.map(refusal => ({ pointers: [], ...refusal })),
          ...plan.refusals.map(refusal => placedRefusal(wish, refusal)),
        ],
      }
    : plan
}

export function desiredOf(wish: ReturnType<Wish>): readonly DesiredContact[] {
  return isDescribed(wish) ? wish.desired : wish
}

function isDescribed(wish: ReturnType<Wish>): wish is DesiredRoster {
  return 'desired' in wish
}
