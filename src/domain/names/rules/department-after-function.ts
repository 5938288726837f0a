import { isRefusal, type Finding } from '#domain/names/finding.ts'
import { isOrdinaryWord } from '#domain/names/known-surnames.ts'
import { DOUBTFUL_GIVEN_NAMES } from '#domain/names/lists.ts'
import type { NameText } from '#domain/names/name-text.ts'
import { organisationFinding } from '#domain/names/organisation-finding.ts'

/** Two words of departments that together name one: 総務 経理. */
export function departmentAfterFunction({ text, first, rest }: NameText<'surname-first'>): Finding | undefined {
  if (!DOUBTFUL_GIVEN_NAMES.has(rest) || !isOrdinaryWord(first)) return undefined
  const whole = organisationFinding(text)
  return whole !== undefined && isRefusal(whole) ? { ...whole, suggestions: [] } : undefined
}
