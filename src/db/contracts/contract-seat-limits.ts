import { sql, type RawBuilder } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { compiled } from '#db/driver/statement.ts'

export type CatalogueEntry = { product_id: string } | { app_id: string }

/**
 * Locks a batch of the contracts whose seats follow from a product or an app, in the order of their ids, and answers
 * the ids. They are read by another statement: one that waits for a lock sees the other columns as of before its wait.
 */
export async function lockContractsUsing(
  db: Db,
  source: CatalogueEntry,
  after: string,
  limit: number,
): Promise<string[]> {
  const candidates = contractsUsing(source, after, limit)
  const locked = await db.run(
    compiled(sql<{ contract_id: string }>`
    select contract_id from contracts
    where contract_id in (${candidates})
    order by contract_id
    for no key update`),
  )
  return locked.map(({ contract_id }) => contract_id)
}

/** A batch of those contracts, without locks: for a plan. */
export async function listContractsUsing(
  db: Db,
  source: CatalogueEntry,
  after: string,
  limit: number,
): Promise<string[]> {
  const found = await db.run(compiled(sql<{ contract_id: string }>`${contractsUsing(source, after, limit)}`))
  return found.map(({ contract_id }) => contract_id)
}

function contractsUsing(source: CatalogueEntry, after: string, limit: number): RawBuilder<unknown> {
  return 'product_id' in source
    ? contractsOfProduct(sql`${source.product_id}`, after, limit)
    : contractsUsingApp(source.app_id, after, limit)
}

function contractsOfProduct(product_id: RawBuilder<unknown>, after: string, limit: number): RawBuilder<unknown> {
  return sql`
    select contract_id from contracts
    where product_id = ${product_id} and contract_id > ${after}
    order by contract_id
    limit ${limit}`
}

/** Contracts that use the app, and those whose product bundles it: each found by an index from `after` on. */
function contractsUsingApp(app_id: string, after: string, limit: number): RawBuilder<unknown> {
  return sql`
    select contract_id from (
      (select contract_id from contract_apps
        where app_id = ${app_id} and contract_id > ${after}
        order by contract_id
        limit ${limit})
      union
      select of_product.contract_id from product_bundled_apps bundled
        cross join lateral (${contractsOfProduct(sql`bundled.product_id`, after, limit)}) of_product
        where bundled.app_id = ${app_id}
    ) candidate
    order by contract_id
    limit ${limit}`
}

export type SeatLimitChange = { contract_id: string; seat_limit: number; changed_at: string; over_since: string | null }

/** Writes the new seat limits of contracts, and since when each is over its limit (R27). */
export async function updateSeatLimits(db: Db, changes: readonly SeatLimitChange[]): Promise<void> {
  await db.run(
    compiled(sql`
    update contracts
    set seat_limit = change.seat_limit, changed_at = change.changed_at, over_since = change.over_since
    from json_to_recordset(${JSON.stringify(changes)}::json) as change
      (contract_id text, seat_limit integer, changed_at timestamptz, over_since timestamptz)
    where contracts.contract_id = change.contract_id`),
  )
}
