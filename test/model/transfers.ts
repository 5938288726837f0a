import type { OperationOf } from '../helpers/registry-operations.ts'
import type { ModelState } from './model-state.ts'

type Transfer = OperationOf<'transfer'>

/** R36, R20: contracts go to another customer where no address serves two customers afterwards. */
export function problemsOfTransfer(state: ModelState, { contract_ids, to_customer_id }: Transfer): string[] {
  if (contract_ids.some(contract_id => state.customerOf(contract_id) === to_customer_id)) return ['409 state-conflict']
  const customers = Map.groupBy(state.inForce(), ({ email }) => email)
  const afterwards = (contract_id: string): string =>
    contract_ids.includes(contract_id) ? to_customer_id : state.customerOf(contract_id)
  const isSplit = [...customers.values()].some(
    contacts => new Set(contacts.map(({ contract_id }) => afterwards(contract_id))).size > 1,
  )
  return isSplit ? ['409 address-stays-behind'] : []
}
