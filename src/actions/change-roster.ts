import type { ActionContext, Requester } from '#actions/action-context.ts'
import { rosterHistory } from '#actions/roster-history.ts'
import { insertHistory } from '#db/history.ts'
import { lockThings } from '#db/locks.ts'
import { findAddressAccounts, listRoster, lockContract, writeRoster } from '#db/roster.ts'
import type { Statement } from '#db/statement.ts'
import type { Transaction } from '#db/transaction.ts'
import type { ContractTerm } from '#domain/contract-term.ts'
import { RefusedError } from '#domain/refusal.ts'
import { addressesToPlan, planRoster, type RosterPlan } from '#domain/roster-plan.ts'
import type { Roster, WishedContact } from '#domain/roster.ts'

/** What a roster shall become, worked out from what it is. Throws RefusedError where that cannot be said. */
type RosterWish = (roster: Roster) => readonly WishedContact[]

export type RosterChange = { contract_id: string, requester: Requester, wish: RosterWish }

/**
 * The one path of every change of a contract's contacts: locks the contract, then the addresses concerned in a fixed
 * order, plans, refuses what breaks a rule, writes the difference and the record of it, and commits. `lastly` gives
 * statements that have to land with the change, from its plan.
 */
export async function changeRoster (context: ActionContext, trx: Transaction, change: RosterChange, lastly: (plan: RosterPlan) => Statement<unknown>[] = () => []): Promise<RosterPlan> {
  const roster = await lockRoster(trx, change.contract_id)
  const { plan, statements } = await planChange(context, trx, roster, change.wish(roster), change.requester)
  await trx.finish(...statements, ...lastly(plan))
  return plan
}

/** The contract and its contacts, which nobody else changes until the transaction ends. */
async function lockRoster (trx: Transaction, contract_id: string): Promise<Roster> {
  const [contract, contacts] = await Promise.all([lockContract(trx, contract_id), listRoster(trx, contract_id)])
  if (contract === undefined) throw new RefusedError({ type: 'not-found', resource: 'contract' })
  return { contract, contacts }
}

/** Plans the step to the wished roster under the locks of its addresses, and gives the statements that write it. */
export async function planChange (
  { clock, newId }: ActionContext, trx: Transaction, roster: Roster, wished: readonly WishedContact[], requester: Requester, formerTerm?: ContractTerm
): Promise<{ plan: RosterPlan, statements: Statement<unknown>[] }> {
  const { contract } = roster
  const moment = { now: clock.now(), today: clock.today(), newId }
  const addresses = addressesToPlan(roster, wished, formerTerm !== undefined)
  const [, accounts] = await Promise.all([
    lockThings(trx, 'address', addresses),
    findAddressAccounts(trx, addresses, contract.contract_id, moment.today)
  ])
  const plan = planRoster(roster, wished, accounts, moment, formerTerm)
  const [first, ...others] = plan.refusals
  if (first !== undefined) throw new RefusedError(first, ...others)
  const entries = rosterHistory(plan, contract)
  if (entries.length === 0) return { plan, statements: [] }
  return { plan, statements: [writeRoster(plan, contract, moment.now), insertHistory({ ...requester, occurred_at: moment.now }, entries)] }
}
