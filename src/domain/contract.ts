import { contractState, type ContractTerm } from '#domain/contract-term.ts'
import { calculateSeats, seatsOf, type SeatProduct } from '#domain/seat-limit.ts'
import type { AppKind, Registration } from '#domain/vocabulary.ts'

/** What billing says of a contract. */
export type ContractTerms = ContractTerm & { customer_id: string, product_id: string, app_ids: string[], connections: number }

/** A contract with everything that its answer is derived from. */
export type Contract = ContractTerms & {
  contract_id: string
  seats_used: number
  registered_at: string | null
  product: SeatProduct
  app_kinds: Record<string, AppKind>
}

/** A contract as everybody is shown it. `today` is a day in the vendor's time zone. */
export function contractView (contract: Contract, today: string) {
  const { product, app_ids, connections, seats_used } = contract
  const calculation = calculateSeats(product, { app_ids, connections }, new Map(Object.entries(contract.app_kinds)))
  return {
    contract_id: contract.contract_id,
    customer_id: contract.customer_id,
    product_id: contract.product_id,
    app_ids,
    connections,
    starts_on: contract.starts_on,
    ends_on: contract.ends_on,
    state: contractState(contract, today),
    registration: registrationOf(contract),
    seats: seatsOf(calculation, seats_used)
  }
}

function registrationOf ({ registered_at }: Contract): Registration {
  return registered_at === null ? 'unregistered' : 'registered'
}

export type ContractView = ReturnType<typeof contractView>
