import { doubt, refusal, type Finding } from '#domain/names/finding.ts'
import { LATIN_FUNCTION_WORDS, LATIN_ORGANISATION_BEGINNINGS } from '#domain/names/lists.ts'
import type { NameText } from '#domain/names/name-text.ts'

/**
 * A first word, or two, that begin no person's name: Support Center John, Bank of Tokyo. In the place of a family name
 * it leaves a doubt, because some people are called so (Sales | Nykesha; Sales, Leila).
 */
export function latinOrganisationBeginning({ text, lower, isDivided }: NameText<'latin'>): Finding | undefined {
  const [first = '', second = '', ...others] = lower
  const begins = LATIN_ORGANISATION_BEGINNINGS.has(first) || LATIN_ORGANISATION_BEGINNINGS.has(`${first} ${second}`)
  if (!begins) return undefined
  const isFamilyName =
    (isDivided || /^\S+,/u.test(text)) && [second, ...others].every(word => !LATIN_FUNCTION_WORDS.has(word))
  return isFamilyName ? doubt(first) : refusal('department', first)
}
