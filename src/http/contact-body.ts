import type { Static } from 'typebox'
import type { PrimarySuccessor } from '#actions/hand-over-primary.ts'
import type { ContactPatch } from '#actions/update-contact.ts'
import type { ContactInput } from '#domain/contact-input.ts'
import type * as contacts from '#http/schemas/contacts.ts'

type PersonBody = Static<typeof contacts.NewPrimary>

/** A contact to register, with the defaults that the contract names. */
export function contactInputOf ({ role = 'secondary', ...person }: Static<typeof contacts.ContactInput>): ContactInput {
  return { role, ...personOf(person) }
}

/** Who becomes the primary; the schema has seen to it that exactly one of the two is named. */
export function successorOf ({ contact_id = '', new_contact }: Static<typeof contacts.PrimaryInput>): PrimarySuccessor {
  return new_contact === undefined ? { contact_id } : { new_contact: personOf(new_contact) }
}

/** A merge patch (RFC 7396): null removes, so duties become none. */
export function contactPatchOf ({ duties, ...fields }: Static<typeof contacts.ContactPatch>): ContactPatch {
  return { ...fields, ...(duties !== undefined && { duties: duties ?? [] }) }
}

function personOf ({ family_name, given_name = null, email, shared_mailbox = false, duties = [], privacy_notice_version }: PersonBody): Omit<ContactInput, 'role'> {
  return { family_name, given_name, email, shared_mailbox, duties, privacy_notice_version }
}
