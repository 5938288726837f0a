import type { ActionContext } from '#actions/support/action-context.ts'
import { findContact } from '#db/rosters/contacts.ts'
import type { Contact } from '#domain/contact.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { Roster } from '#domain/roster.ts'

/** A contact that can be changed. Refuses one that never existed or was removed. Its contract never changes. */
export async function findRegisteredContact({ database, clock }: ActionContext, contact_id: string): Promise<Contact> {
  const contact = await findContact(database, contact_id, clock.today())
  if (contact === undefined) throw new RefusedError({ type: 'not-found', resource: 'contact' })
  if (contact.removed_at !== null) throw new RefusedError({ type: 'not-found', resource: 'contact', removed: true })
  return contact
}

/** The same contact under the contract's lock. Refuses it where it was removed in between. */
export function presentContact({ contacts }: Roster, contact_id: string): Contact {
  const contact = contacts.find(other => other.contact_id === contact_id)
  if (contact === undefined) throw new RefusedError({ type: 'not-found', resource: 'contact', removed: true })
  return contact
}
