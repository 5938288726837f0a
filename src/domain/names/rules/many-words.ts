import { doubt, type Finding } from '#domain/names/finding.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'

const MOST_WORDS = 12

/** More words than names have: more likely a sentence. It is not read further, so that a long list stays cheap. */
export function manyWords({ text }: NameFacts): Finding | undefined {
  let words = 1
  for (let at = text.indexOf(' '); at !== -1; at = text.indexOf(' ', at + 1)) words++
  return words > MOST_WORDS ? doubt(text) : undefined
}
