import { classesOf, OTHER, SPACE, VARIANT } from '#domain/names/letter-classes.ts'
import { RADICALS, VARIANT_KANJI } from '#domain/names/lists.ts'
import { withComposedMarks } from '#domain/names/unified-form.ts'

const IGNORABLE = /\p{Default_Ignorable_Code_Point}/gu
const DOUBLE_HYPHENS = /(?<=\p{Script=Katakana}|ー)[=＝゠](?=\p{Script=Katakana})/gu
const APOSTROPHES = /[´\u1FFDʹʻʼʽˈ`‘’‛′＇]/gu
// Marks of kana, which NFKC would put after a space, and other marks that say nothing about a name.
const KANA_MARKS = /[\u309B\u309C]/gu
const LATIN_MARKS = String.raw`\u00A8\u00AF\u00B8\u02D8-\u02DD\u2017\u203E\uFE49-\uFE4C\uFFE3`
const GREEK_MARKS = String.raw`\u037A\u0384\u0385\u1FBD\u1FBF-\u1FC1\u1FCD-\u1FCF\u1FDD-\u1FDF\u1FED\u1FEE\u1FFE`
const ARABIC_MARKS = String.raw`\uFC5E-\uFC63\uFE70\uFE72\uFE74\uFE76\uFE78\uFE7A\uFE7C\uFE7E`
const OTHER_MARKS = new RegExp(String.raw`[${LATIN_MARKS}${GREEK_MARKS}${ARABIC_MARKS}]\p{M}*`, 'gu')
const VARIANTS = new RegExp(`[${Array.from(VARIANT_KANJI.keys()).join('')}]`, 'gu')
const RADICAL = /[\u2E80-\u2EFF]/gu

/** Kanji that are written as radicals, as the kanji that they look like. */
export function withoutRadicals(text: string): string {
  return text.replace(RADICAL, radical => RADICALS.get(radical) ?? radical)
}

/**
 * The form in which a name is judged, and compared where two names may mean one person (R15): without invisible
 * characters, `＝` between katakana as `・`, every apostrophe as `'`, width forms unified (NFKC), variant kanji folded,
 * white space as one space. Letters keep their case. Idempotent.
 */
export function comparedForm(text: string): string {
  return comparedText(text, classesOf(text))
}

/** The compared form of a text whose classes of characters are known. */
export function comparedText(text: string, classes: number): string {
  if ((classes & (VARIANT | OTHER)) === 0) return (classes & SPACE) === 0 ? text : singleSpaced(text)
  const unified =
    (classes & OTHER) === 0
      ? text
      : withoutRadicals(withoutTornMarks(text).normalize('NFKC').replace(IGNORABLE, '').normalize('NFKC')).replace(
          DOUBLE_HYPHENS,
          '・',
        )
  const folded = unified.replace(VARIANTS, letter => VARIANT_KANJI.get(letter) ?? letter)
  return folded.trim().replace(/\s+/gu, ' ')
}

function singleSpaced(text: string): string {
  const isSingle = !text.includes('  ') && !text.startsWith(' ') && !text.endsWith(' ')
  return isSingle ? text : text.trim().replace(/ +/g, ' ')
}

/** A text without the marks that NFKC would put after a space. */
function withoutTornMarks(text: string): string {
  return withComposedMarks(text)
    .replace(APOSTROPHES, "'")
    .replace(KANA_MARKS, mark => (mark === '\u309B' ? '\u3099' : '\u309A'))
    .replace(OTHER_MARKS, '')
}
