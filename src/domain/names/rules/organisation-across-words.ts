import { isMadeOfStems } from '#domain/names/department-stems.ts'
import { isRefusal, type Finding } from '#domain/names/finding.ts'
import type { NameText } from '#domain/names/name-text.ts'
import { isRegion } from '#domain/names/national-names.ts'
import { organisationFinding } from '#domain/names/organisation-finding.ts'

const LATIN = /^[A-Z\d&]+$/iu

/**
 * Words that only together are an organisation's. Where the parts are separate, a mere doubt does not count, and a part
 * of one character is never joined with the other (安|全, 管|理). Capitals are joined only with a region: JR 東日本.
 */
export function organisationAcrossWords({
  text,
  first,
  rest,
  words,
  isDivided,
}: NameText<'several-words'>): Finding | undefined {
  const isShort = Math.min(first.length, rest.length) === 1 && !isMadeOfStems(first)
  if (isDivided && (isShort || first.length + rest.length === 2)) return undefined
  if (words.some(word => LATIN.test(word)) && !(words.some(isRegion) && !isDivided)) return undefined
  const whole = organisationFinding(text)
  if (whole !== undefined && isRefusal(whole)) return { ...whole, suggestions: [] }
  return isDivided ? undefined : whole
}
