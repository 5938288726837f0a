import type { Contact } from '#domain/contact.ts'
import { derivedErrors, type DerivedFields } from '#domain/contacts/derived-fields.ts'
import { readEmailAddress } from '#domain/addresses/email-address.ts'
import { readNameInput } from '#domain/contacts/name-input.ts'
import type { NameOverride } from '#domain/name-note.ts'
import { normalizeNamePart } from '#domain/names/normalize-name.ts'
import type { PersonName } from '#domain/person-name.ts'
import { readPrivacyNotice } from '#domain/contacts/privacy-notice.ts'
import type { InvalidField, Refusal } from '#domain/refusal.ts'
import type { DesiredContact } from '#domain/roster.ts'
import type { Duty, Role } from '#domain/vocabulary.ts'

/** A contact as a request describes it. */
export type ContactInput = {
  role: Role
  duties: readonly Duty[]
  family_name: string
  given_name: string | null
  email: string
  /** R17: the statement that several people use the mailbox. */
  shared_mailbox?: boolean
  privacy_notice_version?: string | null
  privacy_notice_shown_at?: string | null
  name_override?: NameOverride | null
  /** Fields that a client has sent back as they were answered: the service compares them, and changes nothing. */
  derived?: DerivedFields
}

/** The context of a contact's description: the customer, the place in the request, and the present contact. */
export type InputContext = {
  /** The customer's name; null where it is not known yet. */
  customer_name: string | null
  pointer?: string
  /** The contact that the description is of, where there is one: the name that it has is not judged again (R13). */
  present?: (read: DesiredContact) => Contact | DesiredContact | undefined
  /** Whether the request names this very contact, so that what it says of it is meant (R32). */
  is_named?: boolean
  /** Whether a newcomer's privacy notice may be unknown: in an import alone (R32). */
  may_be_unknown?: boolean
  /** False where enough of the same request is refused already: a name is then taken as it is. */
  is_judged?: boolean
}

const NAME_LENGTH = 64
// How much of a name that is too long the service compares and shows: enough to see that it is too long.
const SHOWN_LENGTH = 2 * NAME_LENGTH + 2
// No script puts more marks on one letter; more are drawn over the neighbouring letters.
const STACKED_MARKS = /\p{M}{5}/u

/**
 * Reads the description of a contact in a request: names normalised (R15) and judged (R13, R14), the address parsed
 * (R16), each duty once. Refuses, together and with pointers below `pointer`: a name of over 64 characters once
 * normalised or with stacked combining marks, a name that is no person's, a field that was sent back and differs, and
 * an invalid address, for which the contact gets a key of its own. The present name of the contact is not judged again,
 * unless an override comes with it.
 */
export function readContactInput(
  input: ContactInput,
  contact_id: string,
  { customer_name, pointer = '#', present, is_judged = true, ...said }: InputContext,
): { contact: DesiredContact; refusals: Refusal[] } {
  const spelled = spelledName(input)
  const read = readEmailAddress(input.email)
  const address = 'fault' in read ? undefined : read
  const nameErrors = spellingErrors(spelled, pointer)
  const addressErrors: InvalidField[] =
    'fault' in read ? [{ pointer: `${pointer}/email`, code: 'invalid-address', ...read }] : []
  const { role, shared_mailbox = false, name_override = null } = input
  const contact: DesiredContact = {
    contact_id,
    role,
    duties: [...new Set(input.duties)].toSorted(),
    ...spelled,
    name_doubtful: false,
    email: address?.email ?? input.email,
    email_key: address?.email_key ?? `unreadable ${contact_id}`,
    ...(shared_mailbox && { shared_mailbox }),
    privacy_notice_version: null,
    privacy_notice_shown_at: null,
  }
  const before = present?.(contact)
  const { named, refusals } =
    nameErrors.length > 0 || !is_judged
      ? { named: {}, refusals: [] }
      : readNameInput(spelled, { customer_name, pointer, override: name_override, before })
  // Without its title, the name may be that of a contact who is there.
  const known = before ?? present?.({ ...contact, ...named })
  const derived = derivedErrors(input.derived ?? {}, known, { ...spelled, ...named }, pointer)
  const { notice, errors: noticeErrors } = readPrivacyNotice(noticeOf(input), known, { ...said, pointer })
  const errors = [...nameErrors, ...addressErrors, ...noticeErrors, ...derived]
  const invalid: Refusal[] = errors.length === 0 ? [] : [{ type: 'invalid-request', errors }]
  return { contact: { ...contact, ...named, ...notice }, refusals: [...invalid, ...refusals] }
}

/** A present contact with what a request changes of it; what the request leaves out of its privacy notice stays out. */
export function changedInput(
  { privacy_notice_version: _version, privacy_notice_shown_at: _moment, ...contact }: Contact | DesiredContact,
  changes: Partial<ContactInput>,
): ContactInput {
  return { ...contact, ...changes }
}

function noticeOf(input: ContactInput): Pick<ContactInput, 'privacy_notice_version' | 'privacy_notice_shown_at'> {
  const { privacy_notice_version, privacy_notice_shown_at } = input
  return {
    ...(privacy_notice_version !== undefined && { privacy_notice_version }),
    ...(privacy_notice_shown_at !== undefined && { privacy_notice_shown_at }),
  }
}

function spelledName({ family_name, given_name }: PersonName): PersonName {
  return {
    family_name: spelledPart(family_name),
    given_name: given_name === null ? null : spelledPart(given_name),
  }
}

/** A part of a name as it is kept. NFKC makes up to 18 characters of one. */
function spelledPart(part: string): string {
  const spelled = normalizeNamePart(part)
  const written = spelled.normalize('NFKC')
  return (written.length > SHOWN_LENGTH ? written : spelled).slice(0, SHOWN_LENGTH).toWellFormed()
}

function spellingErrors({ family_name, given_name }: PersonName, pointer: string): InvalidField[] {
  return [
    ...partErrors(family_name, `${pointer}/family_name`),
    ...partErrors(given_name ?? '', `${pointer}/given_name`),
  ]
}

function partErrors(part: string, pointer: string): InvalidField[] {
  if (STACKED_MARKS.test(part)) return [{ pointer, code: 'combining-marks' }]
  // Some letters mean a whole phrase (ﷺ): the length of a name is that of its letters when they are written out.
  const length = Array.from(part.normalize('NFKC')).length
  return length > NAME_LENGTH ? [{ pointer, code: 'too-long', limit: NAME_LENGTH, unified: true }] : []
}
