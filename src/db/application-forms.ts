import { sql } from 'kysely'
import { contacts } from '#db/contacts.ts'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled, prepared, sqlBuilder, type Statement } from '#db/driver/statement.ts'
import type { ApplicationForm } from '#domain/application-form.ts'
import type { Contact } from '#domain/contact.ts'

const findFormStatement = prepared<{ contract_id: string }, ApplicationForm>(parameter =>
  sqlBuilder
    .selectFrom('application_forms')
    .select([
      'contract_id',
      'customer_id',
      'form_version',
      'received_on',
      'channel',
      'privacy_notice_version',
      'seat_limit',
      'registered_at',
      'contact_ids',
    ])
    .where('contract_id', '=', parameter('contract_id')),
)
export const findApplicationForm = async (db: Db, contract_id: string): Promise<ApplicationForm | undefined> =>
  first(await db.run(findFormStatement({ contract_id })))

const formContactsStatement = prepared<{ contract_id: string }, Contact>(parameter =>
  contacts()
    .where(
      'contact_id',
      'in',
      sql<string>`(select unnest(contact_ids) from application_forms form where form.contract_id = ${parameter('contract_id')})`,
    )
    .orderBy('contact_id'),
)
/** The contacts that a contract's form registered, also those that were removed since. */
export const listFormContacts = async (db: Db, contract_id: string): Promise<Contact[]> =>
  await db.run(formContactsStatement({ contract_id }))

const baseSeatsStatement = prepared<{ contract_id: string }, { base_seats: number }>(parameter =>
  sqlBuilder
    .selectFrom('contracts')
    .innerJoin('products', 'products.product_id', 'contracts.product_id')
    .select('products.base_seats')
    .where('contracts.contract_id', '=', parameter('contract_id')),
)
/** The base seats of a contract's product. */
export const findBaseSeats = async (db: Db, contract_id: string): Promise<number | undefined> =>
  first(await db.run(baseSeatsStatement({ contract_id })))?.base_seats

export function insertApplicationForm(form: ApplicationForm): Statement<unknown> {
  return compiled(sqlBuilder.insertInto('application_forms').values(form))
}
