import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { prepared } from '#db/driver/statement.ts'

/** A product with no more contracts than this is searched for among its contracts, any other among the accounts. */
export const FEW_CONTRACTS = 2000

// Written as a range, because for an equality Postgres would count along the primary key.
const countStatement = prepared<{ product_id: string }, { count: number }>(
  parameter => sql`
  select count(*) filter (where product_id = ${parameter('product_id')}) as count from (
    select product_id from contracts
    where product_id >= ${parameter('product_id')}
    order by product_id, contract_id
    limit ${sql.lit(FEW_CONTRACTS + 1)}) of_product`,
)

/** How many contracts a product has, counted no further than one above `FEW_CONTRACTS`. */
export async function countContractsOfProduct(db: Db, product_id: string): Promise<number> {
  return first(await db.run(countStatement({ product_id })))?.count ?? 0
}
