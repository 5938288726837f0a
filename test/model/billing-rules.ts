import type { OperationOf } from '../helpers/registry-operations.ts'
import type { ModelPeople } from './model-people.ts'
import type { ModelState } from './model-state.ts'
import { isTaken } from './roster-judgement.ts'

type Bill = OperationOf<'bill'>

/**
 * R36: a contract that never had a contact may get another customer. R20, R28: an ended contract is not in force again
 * where another customer has taken an address of it.
 */
export function problemsOfBilling(state: ModelState, people: ModelPeople, operation: Bill): string[] {
  const { contract_id, customer_id } = operation
  const { registered } = state.contracts.get(contract_id)!
  if (registered && state.customerOf(contract_id) !== customer_id) return ['409 customer-fixed']
  if (!comesBack(state, operation)) return []
  return people.ofReinstated(contract_id).some(contact => isTaken(state, contact)) ? ['409 email-taken'] : []
}

export function comesBack(state: ModelState, { contract_id, ends_on }: Bill): boolean {
  return state.hasEnded(contract_id) && (ends_on === null || ends_on >= state.today)
}
