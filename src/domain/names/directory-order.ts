import { JOINING_SIGN } from '#domain/names/joined-people.ts'
import { isCommonPerson, isSurname } from '#domain/names/known-surnames.ts'
import { LATIN_GIVEN_NAMES, LATIN_SURNAMES } from '#domain/names/lists.ts'

const JAPANESE_LETTER = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
const HANGUL = /\p{Script=Hangul}/u
const SYLLABLE = '(?:(?:[kgsztdnhbpmr]y?|[jwyf]|sh|ch|ts)?[aiueo]|n(?![aiueoy])|[kstpm](?=[kstcpbm]))'
const JAPANESE_SURNAME = new RegExp(`^(?=(?:.*[aiueo]){2})${SYLLABLE}+$`, 'iu')
const LONGEST_HANGUL = 2

/**
 * Whether a text with a comma is one person's name as directories write it, the family name first: Smith, John; van der
 * Berg, Anna; YAMADA, Taro. Not where each side is a whole name, or both sides are Japanese surnames (R14).
 */
export function isDirectoryOrder(text: string): boolean {
  const [before = '', after = '', ...others] = text.split(',').map(side => side.trim())
  if (others.length > 0 || JOINING_SIGN.test(`${before} ${after}`)) return false
  if (before === '' || after === '') return true
  if (JAPANESE_LETTER.test(before + after)) return isSurname(before) && !isSurname(after) && !isCommonPerson(after)
  if (HANGUL.test(before + after)) return Math.max(before.length, after.length) <= LONGEST_HANGUL
  const [left, right] = [before, after].map(side => side.toLowerCase().split(' '))
  return left === undefined || right === undefined || !areTwoPeople(left, right)
}

function areTwoPeople(left: readonly string[], right: readonly string[]): boolean {
  const [[first = ''], [given = '']] = [left, right]
  const isSurnameLast = [left, right].every(words => LATIN_SURNAMES.has(words.at(-1) ?? ''))
  if (left.length > 1 && right.length > 1)
    return !LATIN_SURNAMES.has(first) && (isSurnameLast || [first, given].every(word => LATIN_GIVEN_NAMES.has(word)))
  if (left.length > 1 || right.length > 1) return false
  return isSurnameLast && [first, given].every(word => JAPANESE_SURNAME.test(word) && !LATIN_GIVEN_NAMES.has(word))
}
