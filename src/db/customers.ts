import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled, prepared, sqlBuilder } from '#db/driver/statement.ts'

export type Customer = { customer_id: string; name: string }

const customers = () => sqlBuilder.selectFrom('customers').select(['customer_id', 'name'])

const findCustomerStatement = prepared<{ customer_id: string }, Customer>(parameter =>
  customers().where('customer_id', '=', parameter('customer_id')),
)

export async function findCustomer(db: Db, customer_id: string): Promise<Customer | undefined> {
  return first(await db.run(findCustomerStatement({ customer_id })))
}

const listCustomersStatement = prepared<{ after: string; limit: number }, Customer>(parameter =>
  customers().where('customer_id', '>', parameter('after')).orderBy('customer_id').limit(parameter('limit')),
)

export async function listCustomers(db: Db, page: { after: string; limit: number }): Promise<Customer[]> {
  return await db.run(listCustomersStatement(page))
}

export async function upsertCustomer(db: Db, customer: Customer): Promise<void> {
  const { name } = customer
  await db.run(
    compiled(
      sqlBuilder
        .insertInto('customers')
        .values(customer)
        .onConflict(conflict => conflict.column('customer_id').doUpdateSet({ name })),
    ),
  )
}
