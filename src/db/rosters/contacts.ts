import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled, prepared } from '#db/driver/statement.ts'
import { contactsOn } from '#db/fragments.ts'
import type { Contact } from '#domain/contact.ts'

const findStatement = prepared<{ contact_id: string; today: string }, Contact>(parameter =>
  contactsOn(parameter('today')).where('contact_id', '=', parameter('contact_id')),
)

/** A contact, also a removed one. */
export async function findContact(db: Db, contact_id: string, today: string): Promise<Contact | undefined> {
  return first(await db.run(findStatement({ contact_id, today })))
}

/** The contacts with these ids, also removed ones. */
export async function listContactsById(db: Db, contact_ids: readonly string[], today: string): Promise<Contact[]> {
  return await db.run(compiled(contactsOn(today).where('contact_id', 'in', contact_ids).orderBy('contact_id')))
}

/** The present contacts of accounts, on whichever contracts. */
export async function listContactsOfAccounts(
  db: Db,
  account_ids: readonly string[],
  today: string,
): Promise<Contact[]> {
  const query = contactsOn(today).where('account_id', 'in', account_ids).where('removed_at', 'is', null)
  return await db.run(compiled(query.orderBy('contact_id')))
}
