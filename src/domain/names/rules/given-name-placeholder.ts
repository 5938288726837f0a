import { finalRefusal, type Finding } from '#domain/names/finding.ts'
import { GIVEN_NAME_PLACEHOLDERS } from '#domain/names/lists.ts'
import { bareText, type NameFacts } from '#domain/names/name-facts.ts'

/** A given name that is unknown, and that no person has: 山田 | 未定. */
export function givenNamePlaceholder({ given }: NameFacts): Finding | undefined {
  const isPlaceholder = given !== null && GIVEN_NAME_PLACEHOLDERS.has(bareText(given))
  return isPlaceholder ? finalRefusal('placeholder', given) : undefined
}
