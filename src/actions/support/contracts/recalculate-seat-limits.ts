import { limitEntries } from '#actions/support/rosters/roster-history.ts'
import { lockContractsUsing, updateSeatLimits } from '#db/contracts/contract-seat-limits.ts'
import { listContractsByIds } from '#db/contracts/contracts.ts'
import { insertHistory, type HistoryEntry } from '#db/history/history.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import { contractRecord, contractSeats, contractView, type Contract } from '#domain/contracts/contract.ts'
import { overSince } from '#domain/contracts/over-limit.ts'
import { monotonicTime } from '#domain/monotonic-time.ts'
import type { Change } from '#domain/caller.ts'
import type { SeatCalculation } from '#domain/contracts/seat-limit.ts'

const BATCH = 1000

/** A change of the catalogue, on a day in the vendor's time zone. */
type CatalogueChange = Change & { today: string }

/** Gives a contract as it was with the former catalogue. */
type Former = (contract: Contract) => Contract

/**
 * Calculates the limit of every contract that uses a product or an app, after the catalogue changed (R6, R27), and
 * records it where the limit or one of its lines changed. The caller has locked the catalogue alone, so that meanwhile
 * no other transaction calculates a limit from the former one.
 */
export async function recalculateSeatLimits(
  trx: Transaction,
  source: { product_id: string } | { app_id: string },
  former: Former,
  change: CatalogueChange,
): Promise<void> {
  for (let after: string | undefined = ''; after !== undefined;) {
    const ids: string[] = await lockContractsUsing(trx, source, after, BATCH)
    const contracts = await listContractsByIds(trx, ids)
    const changed = contracts.map(contract => recalculated(contract, former, change)).filter(({ isSame }) => !isSame)
    if (changed.length > 0) await writeLimits(trx, changed, change)
    after = ids.length < BATCH ? undefined : ids.at(-1)
  }
}

async function writeLimits(
  trx: Transaction,
  changed: readonly ReturnType<typeof recalculated>[],
  change: CatalogueChange,
): Promise<void> {
  const limits = changed.map(({ limit }) => limit)
  const entries = changed.flatMap(({ entries }) => entries)
  await Promise.all([
    updateSeatLimits(trx, limits),
    trx.run(insertHistory({ ...change, source: 'catalogue' }, entries)),
  ])
}

function recalculated(contract: Contract, former: Former, { today, occurred_at }: CatalogueChange) {
  const { contract_id, customer_id, seats_used } = contract
  const was = former(contract)
  const [before, after] = [contractSeats(was), contractSeats(contract)]
  const changed_at = monotonicTime(contract.changed_at, occurred_at)
  const over_since = overSince(contract.over_since, after.limit, seats_used, changed_at)
  const now = { ...contract, changed_at, over_since }
  const entries: HistoryEntry[] = [
    {
      event: 'contract.seats_changed',
      subject_id: contract_id,
      contract_id,
      customer_id,
      before: contractView(was, today),
      after: contractRecord(now, today),
    },
    ...limitEntries(was, now, today),
  ]
  return {
    isSame: isSameCalculation(before, after) && countedFor(was) === countedFor(contract),
    limit: { contract_id, seat_limit: after.limit, changed_at, over_since },
    entries: entries.map(entry => ({ ...entry, occurred_at: changed_at })),
  }
}

function isSameCalculation(before: SeatCalculation, after: SeatCalculation): boolean {
  return JSON.stringify(before) === JSON.stringify(after)
}

/** The facts that the remedies of a contract over its limit depend on. */
function countedFor({ product: { counts_apps, counts_connections }, over_since }: Contract): string {
  return over_since === null ? '' : `${counts_apps} ${counts_connections}`
}
