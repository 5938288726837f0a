import { contractState, type ContractTerm } from '#domain/contracts/contract-term.ts'
import { overLimit, type CountedUse } from '#domain/contracts/over-limit.ts'
import { calculateSeats, seatsOf, type SeatCalculation, type SeatProduct } from '#domain/contracts/seat-limit.ts'
import type { AppKind, Registration } from '#domain/vocabulary.ts'

/** The terms of a contract, as billing feeds them. */
export type ContractTerms = ContractTerm & {
  customer_id: string
  product_id: string
  app_ids: string[]
  connections: number
}

/** A contract with everything that its answer is derived from. */
export type Contract = ContractTerms & {
  contract_id: string
  seats_used: number
  registered_at: string | null
  /** When billing's terms last changed. */
  updated_at: string
  changed_at: string
  over_since: string | null
  end_recorded_at: string | null
  /** Whether its first day is still to be recorded (R37). */
  awaits_start: boolean
  product: SeatProduct
  app_kinds: Record<string, AppKind>
}

/** A contract as it is answered. `today` is a day in the vendor's time zone. */
export function contractView(contract: Contract, today: string) {
  const { product, app_ids, connections, seats_used } = contract
  const seats = seatsOf(contractSeats(contract), seats_used)
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
    updated_at: contract.updated_at,
    seats,
    over_limit: overLimit(seats.over, contract.over_since, product),
  }
}

/** The limit of a contract, line by line (R7). */
export function contractSeats({ product, app_ids, connections, app_kinds }: Contract): SeatCalculation {
  return calculateSeats(product, { app_ids, connections }, new Map(Object.entries(app_kinds)))
}

/** The snapshot of a contract in history: its answer, and the facts from which a past answer is derived. */
export function contractRecord(contract: Contract, today: string): ContractView & CountedUse {
  const { counts_apps, counts_connections } = contract.product
  return { ...contractView(contract, today), counts_apps, counts_connections }
}

function registrationOf({ registered_at }: Contract): Registration {
  return registered_at === null ? 'unregistered' : 'registered'
}

export type ContractView = ReturnType<typeof contractView>
