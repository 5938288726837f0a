import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { prepared } from '#db/driver/statement.ts'

const contractsStatement = prepared<{ customer_id: string; as_of: string }, { contract_id: string }>(
  parameter => sql`
  select contract_id from contracts where customer_id = ${parameter('customer_id')}
  union
  select contract_id from history
  where event = 'contract.changed' and before ->> 'customer_id' = ${parameter('customer_id')}
    and before ->> 'customer_id' <> after ->> 'customer_id' and occurred_at > ${parameter('as_of')}
  order by contract_id`,
)

/** The contracts that a customer may have had at a moment: those it has, and those that it has lost since. */
export async function listContractsOfCustomer(db: Db, customer_id: string, as_of: string): Promise<string[]> {
  return (await db.run(contractsStatement({ customer_id, as_of }))).map(({ contract_id }) => contract_id)
}

/** The name of a customer at a moment, and whether the registry knew it yet: otherwise it is the first one. */
export type NameThen = { name: string; is_known: boolean }

const nameStatement = prepared<{ customer_id: string; as_of: string }, NameThen>(
  parameter => sql`
  select after ->> 'name' as name, occurred_at <= ${parameter('as_of')} as is_known from history
  where subject_id = ${parameter('customer_id')} and event like 'customer.%' and after is not null
  order by occurred_at <= ${parameter('as_of')} desc,
    case when occurred_at <= ${parameter('as_of')} then occurred_at end desc nulls last,
    case when occurred_at <= ${parameter('as_of')} then history_id end desc nulls last,
    occurred_at, history_id
  limit 1`,
)

/** The name that a customer had at a moment; undefined where there never was such a customer. */
export async function findCustomerNameThen(db: Db, customer_id: string, as_of: string): Promise<NameThen | undefined> {
  return first(await db.run(nameStatement({ customer_id, as_of })))
}

const productNamesStatement = prepared<{ product_ids: readonly string[] }, { product_id: string; name: string }>(
  parameter => sql`select product_id, name from products where product_id = any(${parameter('product_ids')}::text[])`,
)

/** The names of products. */
export async function listProductNames(db: Db, product_ids: readonly string[]): Promise<Map<string, string>> {
  const products = await db.run(productNamesStatement({ product_ids: [...new Set(product_ids)] }))
  return new Map(products.map(({ product_id, name }) => [product_id, name]))
}
