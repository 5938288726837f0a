import type { Contact } from '#domain/contact.ts'
import { parseEmailAddress } from '#domain/email-address.ts'
import type { NameNote, NameOverride, NameWarning } from '#domain/name-note.ts'
import { judgeName } from '#domain/names/judge-name.ts'
import type { NameFinding } from '#domain/names/name-verdict.ts'
import { normalizeNamePart } from '#domain/names/normalize-name.ts'
import type { PersonName } from '#domain/person-name.ts'
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
  shared_mailbox: boolean
  privacy_notice_version: string
  name_override?: NameOverride | null
}

/** What a contact is read beside: whose contact it becomes, where the request describes it, and who it is already. */
export type InputContext = {
  /** The customer's name; null where it is not known yet. */
  customer_name: string | null
  pointer?: string
  /** The contact that the description is of, where there is one: the name that it has is not judged again (R13). */
  present?: (read: DesiredContact) => Contact | DesiredContact | undefined
}

type Named = PersonName & { name_doubtful: boolean; name_note?: NameNote }

const NAME_LENGTH = 64
// No script stacks more marks than these on one letter; what does is drawn over its neighbours.
const STACKED_MARKS = /\p{M}{5}/u

/**
 * Reads what a request says of a contact: names normalised (R15) and judged (R13, R14), the address parsed (R16), duties
 * each once. Refuses, all at once and with pointers below `pointer`: a name of over 64 characters once normalised or with
 * heaps of combining marks, one that is no person's, and an address that is none: the contact then has a key like nobody
 * else's. A name that the contact has already is not judged, unless somebody vouches for it now.
 */
export function readContactInput(
  input: ContactInput,
  contact_id: string,
  { customer_name, pointer = '#', present }: InputContext,
): { contact: DesiredContact; refusals: Refusal[] } {
  const spelled = {
    family_name: normalizeNamePart(input.family_name),
    given_name: input.given_name === null ? null : normalizeNamePart(input.given_name),
  }
  const address = parseEmailAddress(input.email)
  const nameErrors = [
    ...spellingErrors(spelled.family_name, `${pointer}/family_name`),
    ...spellingErrors(spelled.given_name ?? '', `${pointer}/given_name`),
  ]
  const errors = [
    ...nameErrors,
    ...(address === undefined ? [{ pointer: `${pointer}/email`, code: 'invalid-address' as const }] : []),
  ]
  const { role, shared_mailbox, privacy_notice_version, name_override = null } = input
  const read: DesiredContact = {
    contact_id,
    role,
    duties: [...new Set(input.duties)].toSorted(),
    ...spelled,
    name_doubtful: false,
    email: address?.email ?? input.email,
    email_key: address?.email_key ?? `unreadable ${contact_id}`,
    shared_mailbox,
    privacy_notice_version,
  }
  const { named, refusals } =
    nameErrors.length > 0
      ? { named: {}, refusals: [] }
      : readName(spelled, { customer_name, pointer, override: name_override, before: present?.(read) })
  return {
    contact: { ...read, ...named },
    refusals: [...(errors.length === 0 ? [] : [{ type: 'invalid-request' as const, errors }]), ...refusals],
  }
}

function spellingErrors(name: string, pointer: string): InvalidField[] {
  if (STACKED_MARKS.test(name)) return [{ pointer, code: 'combining-marks' }]
  return Array.from(name).length > NAME_LENGTH ? [{ pointer, code: 'too-long', limit: NAME_LENGTH, unified: true }] : []
}

type Judging = {
  customer_name: string | null
  pointer: string
  override: NameOverride | null
  before: Contact | DesiredContact | undefined
}

/** The name as it is kept, and what is to be said of it; or why it is none. */
function readName(
  spelled: PersonName,
  { customer_name, pointer, override, before }: Judging,
): { named: Named | Partial<Named>; refusals: Refusal[] } {
  if (before !== undefined && before.family_name === spelled.family_name && before.given_name === spelled.given_name)
    return { named: keptName(before, pointer, override), refusals: [] }
  const verdict = judgeName(spelled, customer_name)
  if (verdict.outcome === 'refused') {
    if (override !== null && !verdict.is_final)
      return {
        named: { ...spelled, name_doubtful: false, name_note: { pointer, warnings: [], override } },
        refusals: [],
      }
    return { named: {}, refusals: [nameRefusal(verdict.finding, pointer, !verdict.is_final)] }
  }
  const { name, doubt, removed_title } = verdict
  const isDoubtful = doubt !== null && override === null
  const warnings: NameWarning[] = [
    ...(removed_title === null
      ? []
      : [
          {
            code: 'title-removed' as const,
            pointer: `${pointer}/${name.given_name === spelled.given_name ? 'family_name' : 'given_name'}`,
            matched: removed_title,
          },
        ]),
    ...(isDoubtful
      ? [
          {
            code: 'name-doubtful' as const,
            pointer: `${pointer}/${doubt.part}`,
            reason: doubt.code,
            matched: doubt.matched,
          },
        ]
      : []),
  ]
  return { named: { ...name, name_doubtful: isDoubtful, name_note: { pointer, warnings, override } }, refusals: [] }
}

/** A name that stays: a doubt about it goes where somebody vouches for it. */
function keptName(before: Contact | DesiredContact, pointer: string, override: NameOverride | null): Named {
  const { family_name, given_name, name_doubtful } = before
  const isVouchedFor = name_doubtful && override !== null
  const earlier = 'name_note' in before ? before.name_note : undefined
  return {
    family_name,
    given_name,
    name_doubtful: name_doubtful && !isVouchedFor,
    name_note: {
      pointer,
      warnings: isVouchedFor ? [] : (earlier?.warnings ?? []),
      override: isVouchedFor ? override : (earlier?.override ?? null),
    },
  }
}

function nameRefusal(
  { code, part, matched, suggestions }: NameFinding,
  pointer: string,
  can_be_overridden: boolean,
): Refusal {
  return { type: 'name-not-personal', code, pointer: `${pointer}/${part}`, matched, suggestions, can_be_overridden }
}
