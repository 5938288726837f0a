import { comparedForm } from '#domain/names/compared-form.ts'
import { hasLetter } from '#domain/names/letters.ts'
import type { NameFinding } from '#domain/names/name-verdict.ts'
import type { PersonName } from '#domain/person-name.ts'

/** The part of a name that contains the matched text: the given name only where the family name does not contain it. */
export function partOf({ family_name, given_name }: PersonName, matched: string): NameFinding['part'] {
  if (given_name === null) return 'family_name'
  const family = comparedForm(family_name)
  if (matched === '') return hasLetter(family) ? 'given_name' : 'family_name'
  return comparedForm(given_name).includes(matched) && !family.includes(matched) ? 'given_name' : 'family_name'
}
