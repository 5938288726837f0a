import type { ActionContext } from '#actions/support/action-context.ts'
import { findFactsThen, listAllContactsThen, type PastMoment } from '#actions/support/history/past-facts.ts'
import { pastContractView } from '#domain/contracts/contract-past.ts'
import type { ContractView } from '#domain/contracts/contract.ts'
import { RefusedError } from '#domain/refusal.ts'

/** A contract as it was answered at a moment (R26). Refuses a moment at which nothing was known of it. */
export async function findPastContract(context: ActionContext, moment: PastMoment): Promise<ContractView> {
  const facts = await findFactsThen(context, moment)
  if ('not_known' in facts) throw new RefusedError({ type: 'not-found', resource: 'contract' })
  const contacts = await listAllContactsThen(context, moment)
  return pastContractView({ ...facts, seats_used: contacts.length }, context.clock.dayOf(moment.as_of))
}
