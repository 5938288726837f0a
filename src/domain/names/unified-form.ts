// Characters that NFKC would take apart or replace, and that stay as people write them (R15): marks with a space of
// their own (´ ¨ ゛), Thai and Lao Sara Am, ª, º and fractions, Arabic ligatures with a space, and compatibility
// ideographs (U+FA19 神 becomes U+795E).
const LATIN = String.raw`\u00A8\u00AA\u00AF\u00B4\u00B8\u00BA\u00BC-\u00BE\u02D8-\u02DD\u2017\u203E\u2150-\u215F\u2189`
const GREEK = String.raw`\u037A\u0384\u0385\u1FBD\u1FBF-\u1FC1\u1FCD-\u1FCF\u1FDD-\u1FDF\u1FED\u1FEE\u1FFD\u1FFE`
const ASIAN = String.raw`\u0E33\u0EB3\u309B\u309C\uFE49-\uFE4C\uFFE3\uF900-\uFAFF\u{2F800}-\u{2FA1F}`
const ARABIC = String.raw`\uFC5E-\uFC63\uFDFA\uFDFB\uFE70\uFE72\uFE74\uFE76\uFE78\uFE7A\uFE7C\uFE7E`
const KEPT = new RegExp(`([${LATIN}${GREEK}${ASIAN}${ARABIC}]+)`, 'u')
const COMBINING_MARKS: ReadonlyMap<string, string> = new Map([
  ['\u00A8', '\u0308'],
  ['\u00AF', '\u0304'],
  ['\u00B4', '\u0301'],
  ['\u00B8', '\u0327'],
  ['\u02D8', '\u0306'],
  ['\u02D9', '\u0307'],
  ['\u02DA', '\u030A'],
  ['\u02DB', '\u0328'],
  ['\u02DC', '\u0303'],
  ['\u02DD', '\u030B'],
  ['\u309B', '\u3099'],
  ['\u309C', '\u309A'],
])
const SPACING_MARKS: ReadonlyMap<string, string> = new Map(
  [...COMBINING_MARKS].map(([spacing, combining]) => [combining, spacing]),
)
const TORN_MARK = /\s+([\u0301\u0303\u0304\u0306-\u0308\u030A\u030B\u0327\u0328\u3099\u309A])/gu
// An acute accent before a capital letter is an apostrophe: O´Brien.
const LETTER_AND_MARK = /(\p{L})(´(?!\p{Lu})|[\u00A8\u00AF\u00B8\u02D8-\u02DD\u309B\u309C])/gu

/**
 * A text with width forms unified (NFKC) and the marks that follow their letter composed with it (ウ゛ is ヴ). Other marks
 * stay, so that no space arises inside a name (R15). A space that NFKC put before a mark elsewhere is removed.
 */
export function unifiedForm(text: string): string {
  let unified = withUnifiedWidth(text)
  for (;;) {
    const composed = withComposedMarks(unified)
    if (composed === unified) return unified
    unified = withUnifiedWidth(composed)
  }
}

/** Marks with a space of their own, composed with the letter before them where such a letter exists. */
export function withComposedMarks(text: string): string {
  return text
    .replace(TORN_MARK, (_, mark: string) => SPACING_MARKS.get(mark) ?? mark)
    .replace(LETTER_AND_MARK, (pair: string, letter: string, mark: string) => {
      const composed = `${letter}${COMBINING_MARKS.get(mark) ?? mark}`.normalize('NFC')
      return Array.from(composed).length === 1 ? composed : pair
    })
}

function withUnifiedWidth(text: string): string {
  return text
    .split(KEPT)
    .map((run, index) => (index % 2 === 1 ? run : run.normalize('NFKC')))
    .join('')
}
