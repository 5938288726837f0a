import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled, prepared, sqlBuilder } from '#db/driver/statement.ts'
import { CONTACT_COLUMNS } from '#db/fragments.ts'
import type { Contact } from '#domain/contact.ts'
import type { Role } from '#domain/vocabulary.ts'

const findStatement = prepared<{ contact_id: string }, Contact>(parameter =>
  sqlBuilder.selectFrom('contacts').select(CONTACT_COLUMNS).where('contact_id', '=', parameter('contact_id')),
)

/** A contact, also a removed one. */
export async function findContact(db: Db, contact_id: string): Promise<Contact | undefined> {
  return first(await db.run(findStatement({ contact_id })))
}

export type ContactFilter = { customer_id?: string; contract_id?: string; role?: Role; name_doubtful?: boolean }

/** A page of the present contacts in the order of their registration. */
export async function listContacts(
  db: Db,
  { customer_id, contract_id, role, name_doubtful }: ContactFilter,
  page: { after: string; limit: number },
): Promise<Contact[]> {
  let query = sqlBuilder
    .selectFrom('contacts')
    .select(CONTACT_COLUMNS)
    .where('removed_at', 'is', null)
    .where('contact_id', '>', page.after)
  if (customer_id !== undefined) query = query.where('customer_id', '=', customer_id)
  if (contract_id !== undefined) query = query.where('contract_id', '=', contract_id)
  if (role !== undefined) query = query.where('role', '=', role)
  if (name_doubtful !== undefined)
    query = query.where(name_doubtful ? sql<boolean>`name_doubtful` : sql<boolean>`not name_doubtful`)
  return await db.run(compiled(query.orderBy('contact_id').limit(page.limit)))
}
