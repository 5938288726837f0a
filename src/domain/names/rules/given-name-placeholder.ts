import { finalRefusal, refusal, type Finding } from '#domain/names/finding.ts'
import { GIVEN_NAME_PLACEHOLDERS, NAME_LIKE_PLACEHOLDERS } from '#domain/names/lists.ts'
import { bareText, type NameFacts } from '#domain/names/name-facts.ts'

/** A given name that is unknown, and that no person has: 山田 | 未定. */
export function givenNamePlaceholder({ given }: NameFacts): Finding | undefined {
  const bare = given === null ? '' : bareText(given)
  if (given === null || !GIVEN_NAME_PLACEHOLDERS.has(bare)) return undefined
  return NAME_LIKE_PLACEHOLDERS.has(bare) && bare !== '不明'
    ? refusal('placeholder', given)
    : finalRefusal('placeholder', given)
}
