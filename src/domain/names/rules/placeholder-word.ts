import { doubt, finalRefusal, refusal, type Finding } from '#domain/names/finding.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'
import { NAME_LIKE_PLACEHOLDERS, PLACEHOLDER_WORDS } from '#domain/names/lists.ts'

const SPACED_KANJI = /^\p{Script=Han} \p{Script=Han}$/u
const ONE_KANJI = /^\p{Script=Han}$/u

/** The whole text is typed in place of a name that is not known: なし, 未定. Some are also names: Null, ワン. */
export function placeholderWord({ family, given, text, bare }: NameFacts): Finding | undefined {
  const isPlaceholder = PLACEHOLDER_WORDS.has(bare) || PLACEHOLDER_WORDS.has(text.toLowerCase())
  if (!isPlaceholder) return undefined
  // A part of one character is not joined with the other: 未|定 may be a person.
  if (given !== null && ONE_KANJI.test(family) && ONE_KANJI.test(given)) return doubt(text, [], 'placeholder')
  return SPACED_KANJI.test(text) || NAME_LIKE_PLACEHOLDERS.has(bare) || NAME_LIKE_PLACEHOLDERS.has(text)
    ? refusal('placeholder', text)
    : finalRefusal('placeholder', text)
}
