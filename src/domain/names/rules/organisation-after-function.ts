import { isMadeOfStems } from '#domain/names/department-stems.ts'
import { isRefusal, refusal, type Finding } from '#domain/names/finding.ts'
import { isOrdinaryWord } from '#domain/names/known-surnames.ts'
import type { NameText } from '#domain/names/name-text.ts'

/** A function, or a surname that is also one, and an organisation's word: together one organisation (情報 システム部). */
export function organisationAfterFunction({ text, first, restRuling }: NameText<'surname-first'>): Finding | undefined {
  if (!isRefusal(restRuling) || !(isOrdinaryWord(first) || isMadeOfStems(first))) return undefined
  return refusal(restRuling.code, text)
}
