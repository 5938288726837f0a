import type { Contact } from '#domain/contact.ts'
import { asPresentPerson, sharedBefore, type PresentContact } from '#domain/present-person.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { DesiredContact, Roster } from '#domain/roster.ts'
import type { Role } from '#domain/vocabulary.ts'

/** What a request says of a contact that comes back; the rest is as it was. */
export type RestoredFields = { role: Role | null; shared_mailbox: boolean }

/** A contact that was removed, so that it can come back. */
export type RemovedContact = Contact & { removed_at: string }

/**
 * The contact that a removed one comes back as: a new contact that goes on from it, under the person's present name and
 * address (R34). A mailbox that it shared before it shares again without being asked (R17).
 */
export function restoredContact(
  removed: RemovedContact,
  { role, shared_mailbox }: RestoredFields,
  present: readonly PresentContact[],
  contact_id: string,
): DesiredContact {
  const person = asPresentPerson(removed, present)
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
    ...((shared_mailbox || sharedBefore(removed, present)) && { shared_mailbox: true }),
  }
}

/**
 * Refuses a contact that is registered, one that has come back already, under whichever name by now (R19), and one that
 * was erased: nothing is held that could come back (R33).
 */
export function assertAway({ contact_id, removed_at, erased_at }: Contact, { contract, contacts }: Roster): void {
  if (erased_at != null) throw new RefusedError({ type: 'not-found', resource: 'person' })
  const back = contacts.find(other => other.carried_from === contact_id)
  if (removed_at !== null && back === undefined) return
  const there = back?.contact_id ?? contact_id
  throw new RefusedError({ type: 'duplicate-contact', contract_id: contract.contract_id, contact_id: there })
}
