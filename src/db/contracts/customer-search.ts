import { sql } from 'kysely'
import type { Customer } from '#db/contracts/customers.ts'
import type { Db } from '#db/driver/database.ts'
import { compiled } from '#db/driver/statement.ts'
import { foundByName } from '#db/name-parts.ts'

/** A place in a search: after a part of a name, and a customer that has it. */
export type CustomerSearchPosition = { part: string; customer_id: string }

/** A page of the customers whose name contains each of the words, in the order of the parts found. */
export async function listFoundCustomers(
  db: Db,
  words: readonly string[],
  { after, limit }: { after: CustomerSearchPosition | null; limit: number },
): Promise<(Customer & { part: string })[]> {
  return await db.run(
    compiled(
      foundByName<Customer & { part: string }>({
        parts: { table: 'customer_name_parts', id: 'customer_id', only: sql`true` },
        words,
        after: after === null ? undefined : { part: after.part, id: after.customer_id },
        limit,
        named: {
          columns: sql`customers.customer_id, customers.name, customers.updated_at`,
          from: sql`from customers where customers.customer_id = part.customer_id`,
          searchText: sql.ref('customers.search_text'),
        },
      }),
    ),
  )
}
