import type { ActionContext } from '#actions/support/action-context.ts'
import { listContactsById } from '#db/rosters/contacts.ts'
import type { Db } from '#db/driver/database.ts'
import { lockThings } from '#db/driver/locks.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import { listPresentContacts } from '#db/rosters/present-contacts.ts'
import { restoredIds, type ChangeOperation, type ReturningContacts } from '#domain/change-requests/change-operations.ts'
import type { Contact } from '#domain/contact.ts'

/**
 * The contacts that the steps of a request bring back, as they are now, with the contacts among which their people may
 * be by now (R34). One that the registry does not hold is left out. Runs no query if no step brings a contact back.
 */
export async function findReturning(
  context: ActionContext,
  db: Db,
  operations: readonly ChangeOperation[],
): Promise<ReturningContacts> {
  const today = context.clock.today()
  const contacts = await listReturning(context, db, operations)
  const found = await Promise.all(
    contacts.map(async contact => {
      const { contract_id, email_key, removed_at, registered_at } = contact
      const asked = { contract_id, addresses: [email_key], since: removed_at ?? registered_at }
      return [contact.contact_id, { contact, present: await listPresentContacts(db, asked, today) }] as const
    }),
  )
  return new Map(found)
}

/** Locks the addresses of the contacts that come back, so that no change of their people is missed. */
export async function lockReturning(
  context: ActionContext,
  trx: Transaction,
  operations: readonly ChangeOperation[],
): Promise<void> {
  const addresses = (await listReturning(context, trx, operations)).map(({ email_key }) => email_key)
  if (addresses.length > 0) await lockThings(trx, 'address', addresses)
}

async function listReturning(
  { clock }: ActionContext,
  db: Db,
  operations: readonly ChangeOperation[],
): Promise<Contact[]> {
  const contact_ids = restoredIds(operations)
  return contact_ids.length === 0 ? [] : await listContactsById(db, contact_ids, clock.today())
}
