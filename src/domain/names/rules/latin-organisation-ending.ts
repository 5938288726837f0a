import { doubt, refusal, type Finding } from '#domain/names/finding.ts'
import { LATIN_ORGANISATION_ENDINGS, LATIN_SURNAME_WORDS } from '#domain/names/lists.ts'
import type { NameText } from '#domain/names/name-text.ts'

/** The last word says what the whole is: Tokyo University. If it is also a surname, a doubt is left: Mizuho Bank. */
export function latinOrganisationEnding({ lower }: NameText<'latin'>): Finding | undefined {
  const last = lower.at(-1) ?? ''
  if (!LATIN_ORGANISATION_ENDINGS.has(last)) return undefined
  return LATIN_SURNAME_WORDS.has(last) ? doubt(last) : refusal('department', last)
}
