import { isMadeOfStems } from '#domain/names/department-stems.ts'
import { doubt, isRefusal, type Finding } from '#domain/names/finding.ts'
import type { NameText } from '#domain/names/name-text.ts'
import { isRegion } from '#domain/names/national-names.ts'
import { organisationFinding } from '#domain/names/organisation-finding.ts'

const KANJI = /^\p{Script=Han}+$/u
const LATIN = /^[A-Z\d&]+$/iu

/**
 * Words that only together are an organisation's. Separate parts are joined only after a
 * department's word, and never one character with another (安|全, 管|理). Capitals are joined only with a region: JR 東日本.
 */
export function organisationAcrossWords({
  text,
  first,
  words,
  isDivided,
}: NameText<'several-words'>): Finding | undefined {
  if (isDivided && !isMadeOfStems(first)) return undefined
  if (words.some(word => LATIN.test(word)) && !(words.some(isRegion) && !isDivided)) return undefined
  const whole = organisationFinding(text)
  const mayBePerson = words.length === 2 && KANJI.test(text) && !isMadeOfStems(first)
  if (whole !== undefined && isRefusal(whole)) return mayBePerson ? doubt(text) : { ...whole, suggestions: [] }
  return isDivided ? undefined : whole
}
