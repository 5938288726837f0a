import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { prepared } from '#db/driver/statement.ts'
import { contactsOn } from '#db/fragments.ts'
import type { Contact } from '#domain/contact.ts'

const findStatement = prepared<{ contact_id: string; today: string }, Contact>(parameter =>
  contactsOn(parameter('today')).where('contact_id', '=', parameter('contact_id')),
)

/** A contact, also a removed one. */
export async function findContact(db: Db, contact_id: string, today: string): Promise<Contact | undefined> {
  return first(await db.run(findStatement({ contact_id, today })))
}

const listByIdStatement = prepared<{ contact_ids: readonly string[]; today: string }, Contact>(parameter =>
  contactsOn(parameter('today'))
    .where('contact_id', '=', sql<string>`any(${parameter('contact_ids')}::uuid[])`)
    .orderBy('contact_id'),
)

/** The contacts with these ids, also removed ones. */
export async function listContactsById(db: Db, contact_ids: readonly string[], today: string): Promise<Contact[]> {
  return await db.run(listByIdStatement({ contact_ids, today }))
}

const listOfAccountsStatement = prepared<{ account_ids: readonly string[]; today: string }, Contact>(parameter =>
  contactsOn(parameter('today'))
    .where('account_id', '=', sql<string>`any(${parameter('account_ids')}::uuid[])`)
    .where('removed_at', 'is', null)
    .orderBy('contact_id'),
)

/** The present contacts of accounts, on whichever contracts. */
export async function listContactsOfAccounts(
  db: Db,
  account_ids: readonly string[],
  today: string,
): Promise<Contact[]> {
  return await db.run(listOfAccountsStatement({ account_ids, today }))
}
