const ASCII = /^[!-~]*$/
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}ー・゛゜]+/u
const LATIN = /\p{Script=Latin}/u
const OTHER_LETTERS = /(?:(?!\p{Script=Latin})\p{L})+/u

/** Letters of other scripts that look like Latin ones in most fonts (Unicode TR 39, lower case). */
const LOOK_ALIKE = /^[аеорсухѕіјһԁԛԝүӏαγικνορυχ.\-_+\d]+$/u
const CYRILLIC_OR_GREEK = /[\p{Script=Cyrillic}\p{Script=Greek}]+/u

/**
 * The part of an address that was more likely typed by mistake or made to deceive than handed out (R16): kana before
 * the `@`, which an input method left there; letters of two scripts in one word; and a word of Cyrillic or Greek
 * letters that look like Latin ones. Undefined where nothing is doubtful: kanji before the `@`, a domain in one script.
 */
export function doubtfulPartOf(email: string): string | undefined {
  if (ASCII.test(email)) return undefined
  const at = email.lastIndexOf('@')
  const local = email.slice(0, at)
  return KANA.exec(local)?.[0] ?? [local, ...email.slice(at + 1).split('.')].map(doubtfulLetters).find(isFound)
}

function doubtfulLetters(word: string): string | undefined {
  const other = OTHER_LETTERS.exec(word)?.[0]
  if (other !== undefined && LATIN.test(word) && !isJapanese(word)) return other
  return LOOK_ALIKE.test(word.toLowerCase()) ? CYRILLIC_OR_GREEK.exec(word)?.[0] : undefined
}

/** Registries give out domains that mix kanji and kana with Latin letters. */
function isJapanese(word: string): boolean {
  return /^[\p{Script=Latin}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー・\d\-_.+]+$/u.test(word)
}

function isFound(part: string | undefined): part is string {
  return part !== undefined
}
