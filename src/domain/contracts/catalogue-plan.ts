import { contractSeats, type Contract } from '#domain/contracts/contract.ts'
import { seatCount, type SeatCount } from '#domain/contracts/seat-limit.ts'

/** A contract whose seats a change of the catalogue would change. */
export type MovedContract = { contract_id: string; seats: { before: SeatCount; after: SeatCount } }

/** What a change of the catalogue would do. The lists of contracts are cut, the numbers count all. */
export type CataloguePlan = {
  moved: number
  newly_over: number
  /** The contracts that would be newly over their limit (R27), then the others, each in the order of their ids. */
  contracts: MovedContract[]
}

/** The most contracts that a plan shows. */
export const MOST_CONTRACTS_SHOWN = 200

/** The contracts whose limit a changed catalogue would move (R6). `changed` gives a contract as it would be. */
export function movedContracts(
  contracts: readonly Contract[],
  changed: (contract: Contract) => Contract,
): MovedContract[] {
  return contracts.flatMap(contract => {
    const { contract_id, seats_used } = contract
    const [before, after] = [contract, changed(contract)].map(one => seatCount(contractSeats(one).limit, seats_used))
    if (before === undefined || after === undefined || before.limit === after.limit) return []
    return [{ contract_id, seats: { before, after } }]
  })
}

/** Whether a contract keeps its limit now, and would be over it (R27). */
export function isNewlyOver({ seats: { before, after } }: MovedContract): boolean {
  return before.over === 0 && after.over > 0
}
