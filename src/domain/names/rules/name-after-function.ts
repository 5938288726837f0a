import { doubt, isRefusal, type Finding } from '#domain/names/finding.ts'
import { dividedName, isCommonPerson, isOrdinaryWord } from '#domain/names/known-surnames.ts'
import type { NameText } from '#domain/names/name-text.ts'

/** A common name after a function: more likely a person of that department than of that surname (総務 山田). */
export function nameAfterFunction({ first, rest, restRuling }: NameText<'surname-first'>): Finding | undefined {
  const isName = isOrdinaryWord(first) && isCommonPerson(rest) && !isRefusal(restRuling)
  return isName ? doubt(first, [dividedName(rest)]) : undefined
}
