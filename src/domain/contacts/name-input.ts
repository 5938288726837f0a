import type { Contact } from '#domain/contact.ts'
import type { NameNote, NameOverride, ContactWarning } from '#domain/name-note.ts'
import { judgeName } from '#domain/names/judge-name.ts'
import type { NameFinding, NameVerdict } from '#domain/names/name-verdict.ts'
import type { PersonName } from '#domain/person-name.ts'
import type { Refusal } from '#domain/refusal.ts'
import type { DesiredContact } from '#domain/roster.ts'

type NameContext = {
  customer_name: string | null
  pointer: string
  override: NameOverride | null
  /** The present contact, where there is one. */
  before: Contact | DesiredContact | undefined
}

type NamedContact = PersonName & { name_doubtful: boolean; name_note: NameNote }

/**
 * The name of a contact as it is stored, with its warnings and its override (R13, R14). Refuses a name that is no
 * person's, unless the refusal is not final and an override comes with the name. A name that the contact already has
 * is kept.
 */
export function readNameInput(
  spelled: PersonName,
  { customer_name, pointer, override, before }: NameContext,
): { named: NamedContact | undefined; refusals: Refusal[] } {
  if (before !== undefined && before.family_name === spelled.family_name && before.given_name === spelled.given_name)
    return { named: keptName(before, pointer, override), refusals: [] }
  const verdict = judgeName(spelled, customer_name)
  if (verdict.outcome === 'accepted') return { named: acceptedName(verdict, spelled, pointer, override), refusals: [] }
  if (override === null || verdict.is_final)
    return { named: undefined, refusals: [nameRefusal(verdict.finding, pointer, !verdict.is_final)] }
  return { named: { ...spelled, name_doubtful: false, name_note: { pointer, warnings: [], override } }, refusals: [] }
}

/** An accepted name without its title. An override keeps the name as it is spelled, and removes the doubt about it. */
function acceptedName(
  { name, doubt, removed_title }: Extract<NameVerdict, { outcome: 'accepted' }>,
  spelled: PersonName,
  pointer: string,
  override: NameOverride | null,
): NamedContact {
  if (override !== null) return { ...spelled, name_doubtful: false, name_note: { pointer, warnings: [], override } }
  const warnings: ContactWarning[] = []
  if (removed_title !== null) {
    const part = name.given_name === spelled.given_name ? 'family_name' : 'given_name'
    warnings.push({ code: 'title-removed', pointer: `${pointer}/${part}`, matched: removed_title })
  }
  if (doubt !== null) {
    const { part, code, matched } = doubt
    warnings.push({ code: 'name-doubtful', pointer: `${pointer}/${part}`, reason: code, matched })
  }
  return { ...name, name_doubtful: doubt !== null, name_note: { pointer, warnings, override } }
}

/** A name that is kept. An override removes the doubt about it. */
function keptName(before: Contact | DesiredContact, pointer: string, override: NameOverride | null): NamedContact {
  const { family_name, given_name, name_doubtful } = before
  const isOverridden = name_doubtful && override !== null
  const earlier = 'name_note' in before ? before.name_note : undefined
  return {
    family_name,
    given_name,
    name_doubtful: name_doubtful && !isOverridden,
    name_note: {
      pointer,
      warnings: isOverridden ? [] : (earlier?.warnings ?? []),
      override: isOverridden ? override : (earlier?.override ?? null),
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
