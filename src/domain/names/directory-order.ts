import { JOINING_SIGN } from '#domain/names/joined-people.ts'
import { isCommonPerson, isSurname } from '#domain/names/known-surnames.ts'
import { LATIN_GIVEN_NAMES, LATIN_SURNAMES } from '#domain/names/lists.ts'

const JAPANESE_LETTER = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
const HANGUL = /\p{Script=Hangul}/u
const SYLLABLE = '(?:(?:[kgsztdnhbpmr]y?|[jwyf]|sh|ch|ts)?[aiueo]|n(?![aiueoy])|[kstpm](?=[kstcpbm]))'
const JAPANESE_SURNAME = new RegExp(`^(?=(?:.*[aiueo]){2})${SYLLABLE}+$`, 'iu')
const CAPITALS = /^[^\p{Ll}]+$/u
const JOINING_WORD = /^(?:and|und|et|or|oder|ou|y|&)\s/u
const LONGEST_HANGUL = 2

/** Whether a word in Latin script may spell a Japanese surname: syllables of Japanese, two or more. */
export function isJapaneseSpelling(word: string): boolean {
  return JAPANESE_SURNAME.test(word)
}

/**
 * Whether a text with a comma is one person's name as directories write it, the family name first: Smith, John; van der
 * Berg, Anna; YAMADA, Taro. Not where each side is a whole name, or both sides are Japanese surnames (R14).
 */
export function isDirectoryOrder(text: string): boolean {
  const [before = '', after = '', ...others] = text.split(',').map(side => side.trim())
  if (others.length > 0 || [before, after].some(isJoined)) return false
  if (before === '' || after === '') return true
  if (JAPANESE_LETTER.test(before + after)) return isSurname(before) && !isSurname(after) && !isCommonPerson(after)
  if (HANGUL.test(before + after)) return Math.max(before.length, after.length) <= LONGEST_HANGUL
  const [left, right] = [before, after].map(side => side.toLowerCase().split(' '))
  const isInCapitals = CAPITALS.test(before) && !CAPITALS.test(after)
  return isInCapitals || left === undefined || right === undefined || !areTwoPeople(left, right)
}

/** Whether a side of the comma joins names itself, or begins with a word that joins them: Smith, and Jane. */
function isJoined(side: string): boolean {
  return JOINING_SIGN.test(side) || JOINING_WORD.test(side)
}

function areTwoPeople(left: readonly string[], right: readonly string[]): boolean {
  const [[first = ''], [given = '']] = [left, right]
  const isSurnameLast = [left, right].every(words => LATIN_SURNAMES.has(words.at(-1) ?? ''))
  if (left.length > 1 && right.length > 1)
    return !LATIN_SURNAMES.has(first) && (isSurnameLast || [first, given].every(word => LATIN_GIVEN_NAMES.has(word)))
  if (left.length > 1 || right.length > 1) return false
  return isSurnameLast && [first, given].every(word => isJapaneseSpelling(word) && !LATIN_GIVEN_NAMES.has(word))
}
