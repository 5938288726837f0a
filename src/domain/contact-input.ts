import { parseEmailAddress } from '#domain/email-address.ts'
import { normalizeNamePart, peopleJoinedIn } from '#domain/person-name.ts'
import type { InvalidField, Refusal } from '#domain/refusal.ts'
import type { WishedContact } from '#domain/roster.ts'
import type { Duty, Role } from '#domain/vocabulary.ts'

/** A contact as a request describes it. */
export type ContactInput = {
  role: Role
  duties: readonly Duty[]
  family_name: string
  given_name: string | null
  email: string
  shared_mailbox: boolean
  privacy_notice_version: string
}

const NAME_LENGTH = 64
// Hangul fillers count as letters, and show nothing.
const VISIBLE = /(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}]/u

/**
 * Reads what a request says of a contact: names normalised (R15), the address parsed (R16), duties each once.
 * Refuses, all at once and with pointers below `pointer`, a name that is empty or over 64 characters once
 * normalised, one that joins several people (R14), and an address that is none: the contact then has a key like nobody else's.
 */
export function readContactInput (input: ContactInput, contact_id: string, pointer = '#'): { contact: WishedContact, refusals: Refusal[] } {
  const family_name = normalizeNamePart(input.family_name)
  const given_name = input.given_name === null ? null : normalizeNamePart(input.given_name)
  const address = parseEmailAddress(input.email)
  const errors = [
    ...nameErrors(family_name, `${pointer}/family_name`),
    ...(given_name === null ? [] : nameErrors(given_name, `${pointer}/given_name`)),
    ...(address === undefined ? [{ pointer: `${pointer}/email`, code: 'invalid-address' as const }] : [])
  ]
  const { role, shared_mailbox, privacy_notice_version } = input
  return {
    contact: {
      contact_id, role, duties: [...new Set(input.duties)].toSorted(), family_name, given_name, name_doubtful: false,
      email: address?.email ?? input.email, email_key: address?.email_key ?? `unreadable ${contact_id}`, shared_mailbox, privacy_notice_version
    },
    refusals: [
      ...(errors.length === 0 ? [] : [{ type: 'invalid-request' as const, errors }]),
      ...joinedNameRefusals(family_name, `${pointer}/family_name`),
      ...joinedNameRefusals(given_name ?? '', `${pointer}/given_name`)
    ]
  }
}

function nameErrors (name: string, pointer: string): InvalidField[] {
  if (!VISIBLE.test(name)) return [{ pointer, code: 'empty' }]
  return Array.from(name).length > NAME_LENGTH ? [{ pointer, code: 'too-long', limit: NAME_LENGTH, unified: true }] : []
}

function joinedNameRefusals (name: string, pointer: string): Refusal[] {
  const people = peopleJoinedIn(name)
  return people === undefined ? [] : [{ type: 'name-not-personal', code: 'several-people', pointer, matched: '/', people }]
}
