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
export function contactPatchOf({ duties, ...fields }: Static<typeof contacts.ContactPatch>): ContactPatch {
  return { ...fields, ...(duties !== undefined && { duties: duties ?? [] }) }
}

/** A list of contacts as it shall be. What the registry derives is kept apart, to be compared. */
export function rosterInputOf({ contacts, confirm_removals }: Static<typeof rosters.RosterInput>): RosterInput {
  return { contacts: contacts.map(rosterContactOf), confirm_removals: confirm_removals ?? null }
}

function rosterContactOf({ contact_id, ...contact }: Static<typeof rosters.RosterContactInput>): RosterContactInput {
  const {
    name,
    name_doubtful,
    contract_id,
    customer_id,
    account_id,
    registered_at,
    removed_at,
    warnings: _noticed,
    ...input
  } = contact
  const derived = { name, name_doubtful, contract_id, customer_id, account_id, registered_at, removed_at }
  const given = Object.fromEntries(Object.entries(derived).filter(([, value]) => value !== undefined))
  return { ...contactInputOf(input), contact_id: contact_id ?? null, derived: given }
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
