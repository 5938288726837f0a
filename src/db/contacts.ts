import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled, prepared, sqlBuilder } from '#db/driver/statement.ts'
import type { Contact } from '#domain/contact.ts'
import type { Role } from '#domain/vocabulary.ts'

export const contacts = () =>
  sqlBuilder
    .selectFrom('contacts')
    .select([
      'contact_id',
      'contract_id',
      'customer_id',
      'account_id',
      'role',
      'duties',
      'family_name',
      'given_name',
      'name_doubtful',
      'email',
      'email_key',
      'shared_mailbox',
      'privacy_notice_version',
      'registered_at',
      'removed_at',
    ])

const findContactStatement = prepared<{ contact_id: string }, Contact>(parameter =>
  contacts().where('contact_id', '=', parameter('contact_id')),
)
/** A contact, also one that was removed. */
export const findContact = async (db: Db, contact_id: string): Promise<Contact | undefined> =>
  first(await db.run(findContactStatement({ contact_id })))

export type ContactFilter = { customer_id?: string; contract_id?: string; role?: Role; name_doubtful?: boolean }

/** A page of the present contacts in the order of their registration. */
export async function listContacts(
  db: Db,
  filter: ContactFilter,
  page: { after: string; limit: number },
): Promise<Contact[]> {
  const { customer_id, contract_id, role, name_doubtful } = filter
  let query = contacts().where('removed_at', 'is', null).where('contact_id', '>', page.after)
  if (customer_id !== undefined) query = query.where('customer_id', '=', customer_id)
  if (contract_id !== undefined) query = query.where('contract_id', '=', contract_id)
  if (role !== undefined) query = query.where('role', '=', role)
  if (name_doubtful !== undefined)
    query = query.where(name_doubtful ? sql<boolean>`name_doubtful` : sql<boolean>`not name_doubtful`)
  return await db.run(compiled(query.orderBy('contact_id').limit(page.limit)))
}
