import { isDirectoryOrder } from '#domain/names/directory-order.ts'
import { finalRefusal, type Finding } from '#domain/names/finding.ts'
import { JOINING_SIGN, joinedPeople } from '#domain/names/joined-people.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'
import type { PersonName } from '#domain/person-name.ts'

// After a comma: a part of the name before it.
const GENERATIONS = 'jr|sr|ii|iii|iv|v|vi'
const DEGREES = String.raw`ph\.?\s?d|m\.?d|d\.?d\.?s|j\.?d|ll\.?[mbd]|[bm]\.?sc|[bm]\.?eng|mba|dr|ing`
const TITLES = String.raw`esq|r\.?n|p\.?e|cpa|cfa|pmp|cissp|obe|mbe|cbe|kbe|frcs`
const LATIN_SUFFIX = new RegExp(String.raw`,\s*(?:${GENERATIONS}|${DEGREES}|${TITLES})\.?(?=$|[\s,])`, 'giu')

// Son or daughter of, in Malaysia and India: Ramasamy a/l Muthu.
const PATRONYMIC = /(?<=^|\s)([asdw])\/([lopk])(?=\s|$)/giu

/** Names that a sign or a word joins: 山田/伊藤, 山田、佐藤, John and Jane. In Smith, John the comma joins none. */
export function joinedNames({ name, text }: NameFacts): Finding | undefined {
  const single = text.includes(',') ? text.replace(LATIN_SUFFIX, '') : text
  const sign = JOINING_SIGN.exec(single)
  if (sign === null || (sign[0] === ',' && isDirectoryOrder(single))) return undefined
  const isPatronymic = sign[0] === '/' && !JOINING_SIGN.test(bare(text))
  if (isPatronymic) return finalRefusal('several-people', '/', [withoutSlash(name)])
  return joinedPeople(text, sign[0].trim(), single.split(JOINING_SIGN))
}

function withoutSlash({ family_name, given_name }: PersonName): PersonName {
  return { family_name: bare(family_name), given_name: given_name === null ? null : bare(given_name) }
}

function bare(part: string): string {
  return part.replace(PATRONYMIC, '$1$2')
}
