import { doubt, refusal, type Finding } from '#domain/names/finding.ts'
import { LATIN_ORGANISATION_ENDINGS, LATIN_SURNAME_WORDS } from '#domain/names/lists.ts'
import type { NameText } from '#domain/names/name-text.ts'

/** The last word says what the whole is: Tokyo University. A last word that is also a surname leaves a doubt: Mizuho Bank. */
export function latinOrganisationEnding({ lower }: NameText<'latin'>): Finding | undefined {
  const last = lower.at(-1) ?? ''
  if (!LATIN_ORGANISATION_ENDINGS.has(last)) return undefined
  return LATIN_SURNAME_WORDS.has(last) ? doubt(last) : refusal('department', last)
}
