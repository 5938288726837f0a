import type { Static } from 'typebox'
import type { PrimarySuccessor } from '#actions/hand-over-primary.ts'
import type { ContactPatch } from '#domain/change-operations.ts'
import type { ContactInput } from '#domain/contact-input.ts'
import type { RosterContactInput, RosterInput } from '#domain/roster-input.ts'
import type * as contacts from '#http/schemas/contacts.ts'
import type * as rosters from '#http/schemas/rosters.ts'

type PersonBody = Static<typeof contacts.NewPrimary>

/** A contact to register, with the defaults that the contract names. */
export function contactInputOf({ role = 'secondary', ...person }: Static<typeof contacts.ContactInput>): ContactInput {
  return { role, ...personOf(person) }
}

/** Who becomes the primary; the schema has seen to it that exactly one of the two is named. */
export function successorOf({ contact_id = '', new_contact }: Static<typeof contacts.PrimaryInput>): PrimarySuccessor {
  return new_contact === undefined ? { contact_id } : { new_contact: personOf(new_contact) }
}

/** A merge patch (RFC 7396): null removes, so duties become none. */
export function contactPatchOf(patch: Static<typeof contacts.ContactPatch>): ContactPatch {
  const { duties, role, contract_id, customer_id, name, ...fields } = patch
  return {
    ...fields,
    ...(duties !== undefined && { duties: duties ?? [] }),
    derived: given({ role, contract_id, customer_id, name }),
  }
}

/** A list of contacts as it shall be. What the registry derives is kept apart, to be compared. */
export function rosterInputOf({ contacts, ...list }: Static<typeof rosters.RosterInput>): RosterInput {
  const { confirm_removals = null, customer_id = null } = list
  return { contacts: contacts.map(rosterContactOf), confirm_removals, customer_id }
}

function rosterContactOf(contact: Static<typeof rosters.RosterContactInput>): RosterContactInput {
  const { contact_id = null, contract_id, customer_id, name, ...input } = contact
  return { ...contactInputOf(input), contact_id, derived: given({ contract_id, customer_id, name }) }
}

/** The fields that a request has. */
function given<Fields extends object>(fields: Fields): { [Name in keyof Fields]?: NonNullable<Fields[Name]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields
}

function personOf({
  family_name,
  given_name = null,
  email,
  shared_mailbox = false,
  duties = [],
  privacy_notice_version,
  name_override,
}: PersonBody): Omit<ContactInput, 'role'> {
  return {
    family_name,
    given_name,
    email,
    shared_mailbox,
    duties,
    privacy_notice_version,
    ...(name_override !== undefined && { name_override }),
  }
}
