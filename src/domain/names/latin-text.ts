const LATIN_TEXT = /^[\p{Script=Latin}\p{M}\p{N}\p{P}\p{S}\s]+$/u
const BETWEEN_WORDS = /[\s,/&()_:;"“”|+]+/u
const SIGNS_AROUND_WORD = /^['’\-.]+|['’\-.,]+$/gu

/** Whether a text is in Latin script, with any digits and signs. */
export function isLatinText(text: string): boolean {
  return LATIN_TEXT.test(text)
}

/** The words of a text in Latin script, without the signs around them. */
export function latinWords(text: string): string[] {
  return text
    .split(BETWEEN_WORDS)
    .map(word => word.replace(SIGNS_AROUND_WORD, ''))
    .filter(word => word !== '')
}
