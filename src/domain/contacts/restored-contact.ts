import type { Contact } from '#domain/contact.ts'
import { asPresentPerson, sharedBefore, type PresentContact } from '#domain/contacts/present-person.ts'
import { RefusedError, type Refusal } from '#domain/refusal.ts'
import type { DesiredContact, Restoration, Roster, RosterContract } from '#domain/roster.ts'

/** A contact that a request brings back, and the contacts in force among which its person may be by now. */
export type Returning = { contact: Contact; present: readonly PresentContact[] }

/** A contact that was removed, so that it can come back. */
type RemovedContact = Contact & { removed_at: string }

/**
 * The contact that a removed one comes back as: a new contact that goes on from it, under the person's present name and
 * address (R34). A mailbox that it shared before it shares again without being asked (R17).
 */
export function restoredContact(
  removed: RemovedContact,
  restoration: Restoration,
  present: readonly PresentContact[],
  contact_id: string,
): DesiredContact {
  const person = asPresentPerson(removed, present)
  const { role, shared_mailbox } = restoration
  return {
    contact_id,
    role: role ?? person.role,
    duties: person.duties,
    family_name: person.family_name,
    given_name: person.given_name,
    name_doubtful: person.name_doubtful,
    email: person.email,
    email_key: person.email_key,
    privacy_notice_version: person.privacy_notice_version,
    privacy_notice_shown_at: person.privacy_notice_shown_at,
    first_registered_at: person.first_registered_at,
    carried_from: person.contact_id,
    restoration,
    ...((shared_mailbox || sharedBefore(removed, present)) && { shared_mailbox: true }),
  }
}

/** The contact as it was removed; refuses one that is not away, and one that was erased (R33). */
export function assertAway(contact: Contact, { contract, contacts }: Roster): RemovedContact {
  if (contact.erased_at != null) throw new RefusedError({ type: 'not-found', resource: 'person' })
  const found = awayFrom(contract, contacts, contact)
  if ('refusal' in found) throw new RefusedError(found.refusal)
  return found.removed
}

/**
 * R19: a contact that is registered, or has come back already, under whichever name by now, does not come back.
 * `contacts` are those that the contract has at that point of the request.
 */
export function awayFrom(
  { contract_id }: Pick<RosterContract, 'contract_id'>,
  contacts: readonly DesiredContact[],
  contact: Contact,
): { removed: RemovedContact } | { refusal: Refusal } {
  const { contact_id, removed_at } = contact
  const back = contacts.find(other => other.carried_from === contact_id)
  if (removed_at !== null && back === undefined) return { removed: { ...contact, removed_at } }
  return { refusal: { type: 'duplicate-contact', contract_id, contact_id: back?.contact_id ?? contact_id } }
}
