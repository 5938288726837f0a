import type { Static } from 'typebox'
import type { PrimarySuccessor } from '#actions/rosters/hand-over-primary.ts'
import type { ContactPatch } from '#domain/change-requests/change-operations.ts'
import type { ContactInput } from '#domain/contacts/contact-input.ts'
import { readMoment } from '#domain/moment.ts'
import { invalidRequest } from '#http/problems/http-problem.ts'
import type * as contacts from '#http/schemas/rosters/contact-inputs.ts'

type PersonBody = NonNullable<Static<typeof contacts.NewPrimary>>

/** A contact to register, with the defaults of the published document. */
export function contactInputOf({ role, ...person }: Static<typeof contacts.ListedPersonInput>): ContactInput {
  return { role: role ?? 'secondary', ...personOf(person) }
}

/** The person who becomes the primary. The request names either a contact or a new person. */
export function successorOf(
  { contact_id = null, new_contact = null }: Pick<Static<typeof contacts.PrimaryInput>, 'contact_id' | 'new_contact'>,
  pointer = '#',
): PrimarySuccessor {
  if (contact_id !== null && new_contact === null) return { contact_id }
  if (contact_id === null && new_contact !== null) return { new_contact: personOf(new_contact) }
  throw invalidRequest({ in: 'body', pointer, code: 'one-of', fields: ['contact_id', 'new_contact'] })
}

/** A merge patch (RFC 7396): what is absent stays, null removes. Who asked for it is no change of the contact. */
export function contactPatchOf(
  { role, requested_by: _requester, ...patch }: Static<typeof contacts.ContactPatch>,
  pointer = '#',
): ContactPatch {
  const { derived, ...changes } = contactChangesOf(patch, pointer)
  return { ...changes, derived: { ...derived, ...given({ role }) } }
}

type Changes = Omit<Static<typeof contacts.ContactChanges>, 'role'>

/** The changes of a present contact. Null sets a field to its default. */
export function contactChangesOf(
  changes: Changes,
  pointer = '#',
): ContactPatch & { derived: NonNullable<ContactInput['derived']> } {
  const { contract_id, customer_id, name, removed_at, family_name, email, ...rest } = changes
  const { duties, shared_mailbox, privacy_notice_shown_at, ...fields } = rest
  if (family_name === null || email === null) {
    const field = family_name === null ? 'family_name' : 'email'
    throw invalidRequest({ in: 'body', pointer: `${pointer}/${field}`, code: 'required' })
  }
  return {
    ...fields,
    ...(family_name !== undefined && { family_name }),
    ...(email !== undefined && { email }),
    ...(duties !== undefined && { duties: duties ?? [] }),
    ...(shared_mailbox === true && { shared_mailbox }),
    ...(privacy_notice_shown_at !== undefined && { privacy_notice_shown_at: momentOrNull(privacy_notice_shown_at) }),
    derived: given({ contract_id, customer_id, name, removed_at }),
  }
}

/** A person who is described whole: null and absent mean the same. */
export function personOf(person: PersonBody): Omit<ContactInput, 'role'> {
  const { family_name, email, given_name, shared_mailbox, duties, name_override, name } = person
  const privacy_notice_shown_at = momentOrNull(person.privacy_notice_shown_at ?? null)
  return {
    family_name,
    given_name: given_name ?? null,
    email,
    ...(shared_mailbox === true && { shared_mailbox }),
    duties: duties ?? [],
    ...filled({ privacy_notice_version: person.privacy_notice_version, privacy_notice_shown_at, name_override }),
    derived: filled({ name }),
  }
}

function momentOrNull(text: string | null): string | null {
  return text === null ? null : (readMoment(text) ?? text)
}

type Given<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> }
type Filled<Fields> = { [Name in keyof Fields]?: NonNullable<Fields[Name]> }

/** The fields that a request has. */
function given<Fields extends object>(fields: Fields): Given<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<Fields>
}

/** The fields that a request has with a value. */
export function filled<Fields extends object>(fields: Fields): Filled<Fields> {
  return Object.fromEntries(Object.entries(given(fields)).filter(([, value]) => value !== null)) as Filled<Fields>
}
