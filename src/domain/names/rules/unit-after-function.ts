import { refusal, type Finding } from '#domain/names/finding.ts'
import { isOrdinaryWord } from '#domain/names/known-surnames.ts'
import type { NameText } from '#domain/names/name-text.ts'
import { UNIT_ENDINGS } from '#domain/names/organisation-names.ts'

/** A function and the ending of a department, in two parts: 総務 | 部. */
export function unitAfterFunction({ text, first, rest }: NameText<'surname-first'>): Finding | undefined {
  const isUnit = rest.length === 1 && UNIT_ENDINGS.includes(rest)
  return isUnit && isOrdinaryWord(first) ? refusal('department', text) : undefined
}
