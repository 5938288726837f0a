import { CUSTOMERS, type Operation } from './registry-operations.ts'
import type { Draw } from './random-change-requests.ts'

/** R35: mostly of a contract with contacts, under one of the same customer without any. */
export function randomSuccession({ random, world }: Draw): Operation {
  const { pick, isIn } = random
  const { contracts, contacts } = world
  const isEmpty = ({ contract_id }: { contract_id: string }): boolean =>
    !contacts.some(contact => contact.contract_id === contract_id)
  const pairs = contracts.filter(isEmpty).flatMap(to => {
    const others = contracts.filter(from => from.customer_id === to.customer_id && !isEmpty(from))
    return others.map(from => ({ from_contract_id: from.contract_id, to_contract_id: to.contract_id }))
  })
  if (pairs.length > 0 && isIn(90)) return { kind: 'succeed', ...pick(pairs) }
  const from = pick(contracts)
  const to = isIn(20) ? from : pick(contracts)
  return { kind: 'succeed', from_contract_id: from.contract_id, to_contract_id: to.contract_id }
}

/** R36: one contract or two; or all of a customer, who go to one without contracts, so that customers remain. */
export function randomTransfer({ random, world }: Draw): Operation {
  const { pick, isIn } = random
  const contracts = [...world.contracts]
  const free = CUSTOMERS.filter(customer_id => !contracts.some(contract => contract.customer_id === customer_id))
  const { customer_id } = pick(contracts)
  const moving =
    free.length > 0 && isIn(30)
      ? contracts.filter(contract => contract.customer_id === customer_id)
      : isIn(70)
        ? [pick(contracts)]
        : [pick(contracts), pick(contracts)]
  const to_customer_id = moving.length > 1 && free.length > 0 ? pick(free) : pick(CUSTOMERS)
  return { kind: 'transfer', contract_ids: moving.map(({ contract_id }) => contract_id), to_customer_id }
}
