import { finalRefusal, refusal, type Finding } from '#domain/names/finding.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'

const REPEATED = /^(.)\1{2,}$/u
const REPEATED_WORDS = /^(?:([a-z])\1{2,}(?:\s|$)){2,}$/u
const REPEATED_LATIN_LETTERS = /^([a-z]{2,3})\1{2,}$/u

/** One letter three times or more, or two or three Latin letters so: ああああ. With spaces it may be a name: Su Su Su. */
export function repeatedLetters({ text, bare }: NameFacts): Finding | undefined {
  const isRepeated = REPEATED.test(bare) || REPEATED_LATIN_LETTERS.test(bare) || REPEATED_WORDS.test(text)
  if (!isRepeated) return undefined
  return text.includes(' ') ? refusal('placeholder', text) : finalRefusal('placeholder', text)
}
