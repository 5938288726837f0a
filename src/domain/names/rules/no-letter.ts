import { finalRefusal, type Finding } from '#domain/names/finding.ts'
import { hasLetter } from '#domain/names/letters.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'

/** No letter at all: a dash, a sign of length, an emoji. */
export function noLetter({ text }: NameFacts): Finding | undefined {
  return hasLetter(text) ? undefined : finalRefusal('empty', text)
}
