import { listContractsUsing, type CatalogueEntry } from '#db/contracts/contract-seat-limits.ts'
import { listContractsByIds } from '#db/contracts/contracts.ts'
import type { Db } from '#db/driver/database.ts'
import {
  isNewlyOver,
  MOST_CONTRACTS_SHOWN,
  movedContracts,
  type CataloguePlan,
} from '#domain/contracts/catalogue-plan.ts'
import type { Contract } from '#domain/contracts/contract.ts'

const BATCH = 1000

/** What a changed catalogue would do to the contracts that use one of its entries (R6, R27). Changes nothing. */
export async function planSeatLimits(
  db: Db,
  source: CatalogueEntry,
  changed: (contract: Contract) => Contract,
): Promise<CataloguePlan> {
  const counts = { moved: 0, newly_over: 0 }
  const [over, others]: [CataloguePlan['contracts'], CataloguePlan['contracts']] = [[], []]
  for (let after: string | undefined = ''; after !== undefined;) {
    const ids: string[] = await listContractsUsing(db, source, after, BATCH)
    for (const moved of movedContracts(await listContractsByIds(db, ids), changed)) {
      const list = isNewlyOver(moved) ? over : others
      if (list.length < MOST_CONTRACTS_SHOWN) list.push(moved)
      counts.moved += 1
      counts.newly_over += list === over ? 1 : 0
    }
    after = ids.length < BATCH ? undefined : ids.at(-1)
  }
  return { ...counts, contracts: [...over, ...others].slice(0, MOST_CONTRACTS_SHOWN) }
}
