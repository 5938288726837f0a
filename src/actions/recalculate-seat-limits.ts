import { lockContractsUsing, updateSeatLimits } from '#db/contracts.ts'
import { insertHistory, type Change } from '#db/history.ts'
import type { Transaction } from '#db/transaction.ts'
import { calculateSeats } from '#domain/seat-limit.ts'

const BATCH = 1000

/**
 * Works out the limit of every contract that uses a product or an app, after the catalogue changed (R6, R27).
 * The caller holds the catalogue alone, so no contract's limit is worked out from the old one meanwhile.
 */
export async function recalculateSeatLimits (trx: Transaction, source: { product_id: string } | { app_id: string }, change: Change): Promise<void> {
  for (let after = ''; ;) {
    const contracts = await lockContractsUsing(trx, source, after, BATCH)
    const limits = contracts.map(contract => ({
      contract_id: contract.contract_id,
      seat_limit: calculateSeats(contract.product, contract, new Map(Object.entries(contract.app_kinds))).limit
    }))
    const customers = new Map(contracts.map(({ contract_id, customer_id }) => [contract_id, customer_id]))
    const changed = await updateSeatLimits(trx, limits)
    const entries = changed.map(({ contract_id, seat_limit }) => ({
      event: 'contract.seat_limit_changed', subject_id: contract_id, contract_id, customer_id: customers.get(contract_id)!, after: { seat_limit }
    }))
    if (entries.length > 0) await trx.run(insertHistory(change, entries))
    if (contracts.length < BATCH) return
    after = contracts.at(-1)!.contract_id
  }
}
