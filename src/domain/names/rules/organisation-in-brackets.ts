import { isMadeOfStems } from '#domain/names/department-stems.ts'
import { isRefusal, refusal, type Ruling } from '#domain/names/finding.ts'
import { dividedName, isOrdinaryWord } from '#domain/names/known-surnames.ts'
import { isLatinText } from '#domain/names/latin-text.ts'
import { organisationIn } from '#domain/names/organisation-names.ts'
import type { NameText } from '#domain/names/name-text.ts'

/** A department in brackets after a person: 山田太郎(経理部). Other brackets, as (旧姓 佐藤), are passed over. */
export function organisationInBrackets({ inner, outside, judgeText }: NameText<'bracketed'>): Ruling {
  const around = judgeText(outside)
  const isOrganisation =
    organisationIn(inner.replaceAll(' ', ''))?.is_certain === true ||
    isMadeOfStems(inner) ||
    isOrdinaryWord(inner) ||
    (isLatinText(inner) && isRefusal(judgeText(inner)))
  if (!isOrganisation || outside === '' || isRefusal(around)) return around
  return refusal('organisation-and-person', inner, [dividedName(outside)])
}
