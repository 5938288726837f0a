import { contractState } from '#domain/contracts/contract-term.ts'
import type { ContractView } from '#domain/contracts/contract.ts'
import { overLimit, type CountedUse } from '#domain/contracts/over-limit.ts'
import { seatCount, type SeatCalculation } from '#domain/contracts/seat-limit.ts'

/** A contract at a moment, from history: its last record, that of its seats, and since when it was over its limit. */
export type ContractPast = {
  terms: ContractView
  seats: { seats: SeatCalculation } & CountedUse
  over_since: string | null
  seats_used: number
  is_registered: boolean
}

/** A contract as it was answered on a past day, `YYYY-MM-DD` in the vendor's time zone (R26). */
export function pastContractView(
  { terms, seats, over_since, seats_used, is_registered }: ContractPast,
  day: string,
): ContractView {
  const { limit, lines } = seats.seats
  const count = seatCount(limit, seats_used)
  return {
    contract_id: terms.contract_id,
    customer_id: terms.customer_id,
    product_id: terms.product_id,
    app_ids: terms.app_ids,
    connections: terms.connections,
    starts_on: terms.starts_on,
    ends_on: terms.ends_on,
    state: contractState(terms, day),
    registration: is_registered ? 'registered' : 'unregistered',
    updated_at: terms.updated_at,
    seats: {
      ...count,
      lines: lines.map(({ reason, app_id, connections, seats: added }) => ({
        reason,
        ...(app_id !== undefined && { app_id }),
        ...(connections !== undefined && { connections }),
        seats: added,
      })),
    },
    over_limit: overLimit(count.over, over_since, seats),
  }
}
