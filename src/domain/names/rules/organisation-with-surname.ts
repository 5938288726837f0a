import { isMadeOfStems } from '#domain/names/department-stems.ts'
import { refusal, type Finding } from '#domain/names/finding.ts'
import { isSurname } from '#domain/names/known-surnames.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'
import { organisationIn } from '#domain/names/organisation-names.ts'

const JOINED = /^([^-–:|@\s]+)\s?[-–:|@]\s?([^-–:|@\s]+)$/u

/** A surname and an organisation, with a sign between them: 工藤-営業, 総務:宮本. The person is offered. */
export function organisationWithSurname({ text }: NameFacts): Finding | undefined {
  const [, left = '', right = ''] = JOINED.exec(text) ?? []
  const sides = isSurname(left) ? [left, right] : [right, left]
  const [family_name = '', organisation = ''] = sides
  const isOrganisation = organisationIn(organisation)?.is_certain === true || isMadeOfStems(organisation)
  if (family_name.length < 2 || !isSurname(family_name) || !isOrganisation) return undefined
  return refusal('organisation-and-person', organisation, [{ family_name, given_name: null }])
}
