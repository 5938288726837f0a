import { refusal, type Finding } from '#domain/names/finding.ts'
import { LATIN_ORGANISATION_BEGINNINGS } from '#domain/names/lists.ts'
import type { NameText } from '#domain/names/name-text.ts'

/** A first word, or two, that begin no person's name: Support Center John, Bank of Tokyo. */
export function latinOrganisationBeginning({
  lower: [first = '', second = ''],
}: NameText<'latin'>): Finding | undefined {
  const begins = LATIN_ORGANISATION_BEGINNINGS.has(first) || LATIN_ORGANISATION_BEGINNINGS.has(`${first} ${second}`)
  return begins ? refusal('department', first) : undefined
}
