import type { Finding } from '#domain/names/finding.ts'
import { JOINING_SIGN, joinedPeople } from '#domain/names/joined-people.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'

// After a comma: a part of the one name before it.
const LATIN_SUFFIX = /,?\s+(?:jr|sr|ii|iii|iv|ph\.?\s?d|m\.?d|esq|mba|cpa)\.?$/iu

/** Names that a sign or a word joins: 山田/伊藤, 山田、佐藤, John and Jane. */
export function joinedNames({ text }: NameFacts): Finding | undefined {
  const single = text.replace(LATIN_SUFFIX, '')
  const sign = JOINING_SIGN.exec(single)
  return sign === null ? undefined : joinedPeople(text, sign[0].trim(), single.split(JOINING_SIGN))
}
