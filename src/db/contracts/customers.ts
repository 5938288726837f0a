import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled, prepared, sqlBuilder, type Statement } from '#db/driver/statement.ts'
import { companySearchText } from '#domain/search-text.ts'

export type Customer = { customer_id: string; name: string; updated_at: string }

const customers = () => sqlBuilder.selectFrom('customers').select(['customer_id', 'name', 'updated_at'])

const findCustomerStatement = prepared<{ customer_id: string }, Customer>(parameter =>
  customers().where('customer_id', '=', parameter('customer_id')),
)

/** A customer by the id that the CRM gave it. */
export async function findCustomer(db: Db, customer_id: string): Promise<Customer | undefined> {
  return first(await db.run(findCustomerStatement({ customer_id })))
}

const listByIdsStatement = prepared<{ customer_ids: readonly string[] }, Customer>(parameter =>
  customers().where('customer_id', '=', sql<string>`any(${parameter('customer_ids')}::text[])`),
)

/** Customers by their ids; those that the registry does not hold are left out. */
export async function listCustomersByIds(db: Db, customer_ids: readonly string[]): Promise<Map<string, Customer>> {
  const found = await db.run(listByIdsStatement({ customer_ids }))
  return new Map(found.map(customer => [customer.customer_id, customer]))
}

const lockCustomerStatement = prepared<{ customer_id: string }, Customer>(parameter =>
  customers().where('customer_id', '=', parameter('customer_id')).forUpdate(),
)

/** The customer, locked against its deletion and against new contracts of it until this transaction ends. */
export async function lockCustomer(db: Db, customer_id: string): Promise<Customer | undefined> {
  return first(await db.run({ ...lockCustomerStatement({ customer_id }), locks: [`customer ${customer_id}`] }))
}

/** A place in the list of customers; with a moment, in the order of changes. */
export type CustomerPosition = { customer_id: string; updated_at?: string }

const listCustomersStatement = prepared<{ after: string; limit: number }, Customer>(parameter =>
  customers().where('customer_id', '>', parameter('after')).orderBy('customer_id').limit(parameter('limit')),
)

type ChangedPage = { since: string; after_id: string; limit: number }

const listChangedStatement = prepared<ChangedPage, Customer>(parameter =>
  customers()
    .where(sql<boolean>`(updated_at, customer_id) > (${parameter('since')}, ${parameter('after_id')})`)
    .orderBy('updated_at')
    .orderBy('customer_id')
    .limit(parameter('limit')),
)

/** A page of customers in the order of their ids, or of those changed since a moment, in the order of their changes. */
export async function listCustomers(
  db: Db,
  { updated_since }: { updated_since?: string },
  { after, limit }: { after: CustomerPosition; limit: number },
): Promise<Customer[]> {
  const { updated_at: since = updated_since, customer_id: after_id } = after
  return await db.run(
    since === undefined
      ? listCustomersStatement({ after: after_id, limit })
      : listChangedStatement({ since, after_id, limit }),
  )
}

const formerContactsStatement = prepared<{ customer_id: string }, { customer_id: string }>(
  parameter => sql`
  select customer_id from customers
  where customer_id = ${parameter('customer_id')} and (
    exists (select from support_accounts where customer_id = ${parameter('customer_id')})
    or exists (
      select from history departure join contacts on contacts.contract_id = departure.contract_id
      where departure.event = 'contract.changed' and departure.before ->> 'customer_id' = ${parameter('customer_id')}
        and departure.before ->> 'customer_id' <> departure.after ->> 'customer_id'
        and contacts.removed_at is not null and contacts.customer_id = ${parameter('customer_id')}))`,
)

/** Whether removed contacts or accounts are a customer's, also of contracts that it has no more. */
export async function findFormerContacts(db: Db, customer_id: string): Promise<{ customer_id: string } | undefined> {
  return first(await db.run(formerContactsStatement({ customer_id })))
}

/** Adds a customer, or replaces its name. */
export async function upsertCustomer(db: Db, customer: Customer): Promise<void> {
  const row = { ...customer, search_text: companySearchText(customer.name) }
  const { customer_id: _id, ...values } = row
  await db.run(
    compiled(
      sqlBuilder
        .insertInto('customers')
        .values(row)
        .onConflict(conflict => conflict.column('customer_id').doUpdateSet(values)),
    ),
  )
}

const upsertManyStatement = prepared<{ rows: string }, unknown>(
  parameter => sql`
  insert into customers (customer_id, name, updated_at, search_text)
  select customer_id, name, updated_at, search_text
  from json_populate_recordset(null::customers, ${parameter('rows')}::json)
  on conflict (customer_id) do update
  set name = excluded.name, updated_at = excluded.updated_at, search_text = excluded.search_text`,
)

/** Inserts or updates several customers, each once. */
export function upsertCustomers(several: readonly Customer[]): Statement<unknown> {
  const rows = several.map(customer => ({ ...customer, search_text: companySearchText(customer.name) }))
  return upsertManyStatement({ rows: JSON.stringify(rows) })
}

/** Deletes a customer. Foreign keys refuse one that has contracts or accounts. */
export function deleteCustomer(customer_id: string): Statement<unknown> {
  return compiled(sqlBuilder.deleteFrom('customers').where('customer_id', '=', customer_id))
}
