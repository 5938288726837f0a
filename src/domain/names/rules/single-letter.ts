import { refusal, type Finding } from '#domain/names/finding.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'

const SINGLE_LETTER = /^[a-z](?:様|さん|氏|君|社|子|夫|男|女|太郎)?$/iu

/** A single Latin letter, as in examples: A, Aさん, A社. Some surnames are one letter: O. */
export function singleLetter({ text, bare }: NameFacts): Finding | undefined {
  return SINGLE_LETTER.test(bare) ? refusal('placeholder', text) : undefined
}
