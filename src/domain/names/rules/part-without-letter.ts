import { finalRefusal, type Finding } from '#domain/names/finding.ts'
import { hasLetter } from '#domain/names/letters.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'

/** A part without a letter, next to one that may be a name: 山田 | -. */
export function partWithoutLetter({ family, given }: NameFacts): Finding | undefined {
  if (given === null) return undefined
  const part = [family, given].find(text => !hasLetter(text))
  return part === undefined ? undefined : finalRefusal('empty', part)
}
