import { RADICALS, VARIANT_KANJI } from '#domain/names/lists.ts'

const IGNORABLE = /\p{Default_Ignorable_Code_Point}/gu
const DOUBLE_HYPHENS = /(?<=\p{Script=Katakana}|ー)[=＝゠](?=\p{Script=Katakana})/gu
const PLAIN = /^[\p{Script=Hiragana}ァ-ヺー\u4E00-\u9FFFA-Za-z \-.']*$/u
const VARIANTS = new RegExp(`[${Array.from(VARIANT_KANJI.keys()).join('')}]`, 'gu')
const RADICAL = /[\u2E80-\u2EFF]/gu

/** Kanji that are written as radicals, as the kanji that they look like. */
export function withoutRadicals(text: string): string {
  return text.replace(RADICAL, radical => RADICALS.get(radical) ?? radical)
}

/**
 * The form in which a name is judged, and compared where two names may mean one person (R15): without invisible
 * characters, `＝` between katakana as `・`, width forms unified (NFKC), variant kanji folded, white space as one space.
 * Letters keep their case. Idempotent.
 */
export function comparedForm(text: string): string {
  const unified = PLAIN.test(text)
    ? text
    : withoutRadicals(text.normalize('NFKC').replace(IGNORABLE, '').normalize('NFKC')).replace(DOUBLE_HYPHENS, '・')
  const folded = unified.replace(VARIANTS, letter => VARIANT_KANJI.get(letter) ?? letter)
  return folded.trim().replace(/\s+/gu, ' ')
}
