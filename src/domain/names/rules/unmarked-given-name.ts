import { isMadeOfStems } from '#domain/names/department-stems.ts'
import { isRefusal, type Ruling } from '#domain/names/finding.ts'
import type { NameText } from '#domain/names/name-text.ts'
import { isOrganisationWord } from '#domain/names/organisation-names.ts'

/** After a surname, everything else is a given name that is no organisation's word, or that only two stems make up. */
export function unmarkedGivenName({ rest, restRuling }: NameText<'surname-first'>): Ruling {
  const isTwoStems = rest.length === 2 && isMadeOfStems(rest) && !isOrganisationWord(rest)
  return !isRefusal(restRuling) || isTwoStems ? 'person' : undefined
}
