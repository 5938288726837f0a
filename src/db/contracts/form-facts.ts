import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { prepared, sqlBuilder } from '#db/driver/statement.ts'
import { contactsOn } from '#db/fragments.ts'
import type { Contact } from '#domain/contact.ts'

const listContactsStatement = prepared<{ contract_id: string; today: string }, Contact>(parameter => {
  const ofForm = sql<string>`(select unnest(contact_ids) from application_forms form
    where form.contract_id = ${parameter('contract_id')})`
  return contactsOn(parameter('today')).where('contact_id', 'in', ofForm).orderBy('contact_id')
})

/** The contacts that a contract's form registered, also those that were removed since. */
export async function listFormContacts(db: Db, contract_id: string, today: string): Promise<Contact[]> {
  return await db.run(listContactsStatement({ contract_id, today }))
}

const findBaseSeatsStatement = prepared<{ contract_id: string }, { base_seats: number }>(parameter =>
  sqlBuilder
    .selectFrom('contracts')
    .innerJoin('products', 'products.product_id', 'contracts.product_id')
    .select('products.base_seats')
    .where('contracts.contract_id', '=', parameter('contract_id')),
)

/** The base seats of a contract's product. */
export async function findBaseSeats(db: Db, contract_id: string): Promise<number | undefined> {
  return first(await db.run(findBaseSeatsStatement({ contract_id })))?.base_seats
}
