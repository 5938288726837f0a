import type { ActionContext, Requester } from '#actions/action-context.ts'
import { rosterHistory } from '#actions/roster-history.ts'
import { lockThings } from '#db/locks.ts'
import { findAddressAccounts, listRoster, lockContract, writeRoster } from '#db/roster.ts'
import type { Statement } from '#db/statement.ts'
import type { Transaction } from '#db/transaction.ts'
import type { ContractTerm } from '#domain/contract-term.ts'
import { RefusedError } from '#domain/refusal.ts'
import { addressesToPlan, planRoster, type RosterPlan } from '#domain/roster-plan.ts'
import type { AddressAccounts, Roster, WishedContact } from '#domain/roster.ts'

/** What a roster shall become, worked out from what it is. Throws RefusedError where that cannot be said. */
type RosterWish = (roster: Roster) => readonly WishedContact[]

export type RosterChange = {
  contract_id: string
  requester: Requester
  wish: RosterWish
  /** The only address concerned, where it is known beforehand: it is locked in the first round trip, after the contract. */
  address?: string
}

/**
 * The one path of every change of a contract's contacts: locks the contract, then the addresses concerned in a fixed
 * order, plans, refuses what breaks a rule, writes the difference and the record of it, and commits. `lastly` gives
 * statements that have to land with the change, from its plan.
 */
export async function changeRoster (context: ActionContext, trx: Transaction, change: RosterChange, lastly: (plan: RosterPlan) => Statement<unknown>[] = () => []): Promise<RosterPlan> {
  const { contract_id, requester, address } = change
  const [roster, looked] = await Promise.all([
    lockRoster(trx, contract_id),
    address === undefined ? undefined : lockAddresses(context, trx, contract_id, [address])
  ])
  const { plan, statements } = await planChange(context, trx, { roster, wished: change.wish(roster), requester, ...(looked && { looked }) })
  await trx.finish(...statements, ...lastly(plan))
  return plan
}

/** The contract and its contacts, which nobody else changes until the transaction ends. */
async function lockRoster (trx: Transaction, contract_id: string): Promise<Roster> {
  const [contract, contacts] = await Promise.all([lockContract(trx, contract_id), listRoster(trx, contract_id)])
  if (contract === undefined) throw new RefusedError({ type: 'not-found', resource: 'contract' })
  return { contract, contacts }
}

/** The open accounts of addresses, which nobody else comes to or leaves until the transaction ends. */
async function lockAddresses ({ clock }: ActionContext, trx: Transaction, contract_id: string, addresses: readonly string[]): Promise<AddressAccounts> {
  const [, accounts] = await Promise.all([lockThings(trx, 'address', addresses), findAddressAccounts(trx, addresses, contract_id, clock.today())])
  return accounts
}

export type PlannedChange = { roster: Roster, wished: readonly WishedContact[], requester: Requester, formerTerm?: ContractTerm, looked?: AddressAccounts }

/** Plans the step to the wished roster under the locks of its addresses, and gives the statements that write it. */
export async function planChange (context: ActionContext, trx: Transaction, { roster, wished, requester, formerTerm, looked }: PlannedChange): Promise<{ plan: RosterPlan, statements: Statement<unknown>[] }> {
  const { contract } = roster
  const addresses = addressesToPlan(roster, wished, formerTerm !== undefined)
  const accounts = looked ?? await lockAddresses(context, trx, contract.contract_id, addresses)
  const moment = { now: context.clock.now(), today: context.clock.today(), newId: context.newId }
  const plan = planRoster(roster, wished, accounts, moment, formerTerm)
  const [first, ...others] = plan.refusals
  if (first !== undefined) throw new RefusedError(first, ...others)
  const entries = rosterHistory(plan, contract)
  if (entries.length === 0) return { plan, statements: [] }
  return { plan, statements: [writeRoster(plan, contract, { ...requester, occurred_at: moment.now }, entries)] }
}
