import { isMadeOfStems, stemBefore } from '#domain/names/department-stems.ts'
import { isCommonPerson, isSurname, surnameAtStart } from '#domain/names/known-surnames.ts'
import {
  AUTHORITIES,
  BRAND_LIKE_NAMES,
  BRAND_NAMES,
  COMPANY_ENDINGS,
  COMPANY_WORDS,
  DEPARTMENT_ENDINGS,
  DEPARTMENT_WORDS,
  FOREIGN_ORGANISATION_ENDINGS,
  KATAKANA_ORGANISATION_WORDS,
  ORGANISATION_LIKE_GIVEN_NAMES,
  ROLE_ENDINGS,
  ROLE_WORDS,
} from '#domain/names/lists.ts'
import { nationalIn } from '#domain/names/national-names.ts'
import type { OrganisationCode, OrganisationWord } from '#domain/names/organisation-word.ts'

type Word = { code: OrganisationCode; is_anywhere: boolean }

/** Endings of one character that departments share with surnames. */
export const UNIT_ENDINGS = '部課室係局'
const UNITS_AFTER_STEMS = '部課室係局科'
// Endings of one character that companies and institutions share with surnames and given names.
const INSTITUTION_ENDINGS = '庁院社店所会組班館署'
// Endings that given names share with organisations: 朋会, 織館.
const GIVEN_NAME_ENDINGS = '会館長社織'
const NEVER_ENDS_GIVEN_NAMES = '店庁署局課係班所組'
const LONGER_THAN_SURNAMES = 4
const LONGER_THAN_NAMES = 6

// A short word in katakana is also the end of many a foreign name (ベネット, クライン).
const LEAST_KATAKANA = 5
const LONGEST_KATAKANA_NAME = 6
// A member of a numbered group: 社員A, 管理者1.
const NUMBERED = /[\p{Script=Han}ぁ-ゖァ-ヺー][A-Z\d]$/u
const KATAKANA = /^[ァ-ヺー]/u
const FOREIGN_NAME_CHARACTER = /[ァ-ヺー・]/u
const OTHER_SCRIPT = /^[ァ-ヺー・A-Za-z0-9&+.-]+$/u
// Surnames begin with numerals too: 十二所, 四十九院.
const NUMERALS = /^[一二三四五六七八九十百千]+$/u
const HIRAGANA = /^[ぁ-ゖー]{2,}$/u

const WORDS = new Map<string, Word>([
  ...listed(FOREIGN_ORGANISATION_ENDINGS, 'department', false),
  ...listed(DEPARTMENT_ENDINGS, 'department', false),
  ...listed(COMPANY_ENDINGS, 'company', false),
  ...listed(ROLE_ENDINGS, 'role', false),
  ...listed(COMPANY_WORDS, 'company', true),
  ...listed(DEPARTMENT_WORDS, 'department', true),
  ...listed(ROLE_WORDS, 'role', true),
])
/** The lengths of the words that begin with a letter, longest first. */
const WORD_LENGTHS: ReadonlyMap<string, readonly number[]> = new Map(
  [...Map.groupBy(WORDS.keys(), word => word.charAt(0))].map(([letter, words]) => [
    letter,
    [...new Set(words.map(word => word.length))].toSorted((a, b) => b - a),
  ]),
)

/**
 * The part that makes a text without spaces a company's, a department's or a role's name (R13), or undefined. Words
 * that a surname covers in part (阿部|長, 小林|業), and endings after an unknown stem, are uncertain findings.
 * Takes the form in which names are compared. Nothing is found in a surname of the lists.
 */
export function organisationIn(given: string): OrganisationWord | undefined {
  if (isSurname(given)) return undefined
  const text = NUMBERED.test(given) ? given.slice(0, -1) : given
  if (AUTHORITIES.has(text) || BRAND_NAMES.has(text))
    return { code: 'company', start: 0, end: text.length, is_certain: !BRAND_LIKE_NAMES.has(text) }
  const word = wordIn(text)
  if (word?.is_certain === true) return word
  const unit = unitIn(text)
  if (unit !== undefined) return unit
  const ending = endingOf(text)
  return ending?.is_certain === true ? ending : (nationalIn(text) ?? word ?? ending ?? functionIn(text))
}

/** Whether a text is a word that organisations and their roles are called by. */
export function isOrganisationWord(text: string): boolean {
  return WORDS.has(text)
}

/** The word of an organisation in a text: a certain one, if any, and the last, because it says what the whole is. */
function wordIn(text: string): OrganisationWord | undefined {
  let found: OrganisationWord | undefined
  const covered = surnameAtStart(text)?.length ?? 0
  for (let start = 0; start < text.length; start++) {
    for (const length of WORD_LENGTHS.get(text.charAt(start)) ?? []) {
      const end = start + length
      if (end > text.length || end <= covered) continue
      const word = WORDS.get(text.slice(start, end))
      if (word === undefined || !counts(text, start, end, word)) continue
      const is_certain = !canBePartOfName(text, start, end, word)
      if (found === undefined || (is_certain && (!found.is_certain || end > found.end)))
        found = { code: word.code, start, end, is_certain }
    }
  }
  return found
}

/** Whether a word counts at its place. In katakana it does not, where it is a part of a foreign name. */
function counts(text: string, start: number, end: number, { is_anywhere }: Word): boolean {
  const isAtEnd = end === text.length
  const isShort =
    KATAKANA.test(text.slice(start, end)) &&
    end - start < leastKatakana(text, is_anywhere) &&
    !KATAKANA_ORGANISATION_WORDS.has(text.slice(start, end))
  if (isShort && start > 0 && FOREIGN_NAME_CHARACTER.test(text.charAt(start - 1))) return false
  if (isShort && !isAtEnd && FOREIGN_NAME_CHARACTER.test(text.charAt(end))) return false
  return isAtEnd || (is_anywhere && !(isShort && start === 0))
}

/** In one long word, as foreign names are not, a shorter word counts too: ミナミテクニカ. */
function leastKatakana(text: string, is_anywhere: boolean): number {
  const isLongWord = text.length > LONGEST_KATAKANA_NAME && !text.includes('・')
  return is_anywhere && isLongWord ? LEAST_KATAKANA - 1 : LEAST_KATAKANA
}

/** Whether a surname covers the word in part, or a short word is in the place of a surname. */
function canBePartOfName(text: string, start: number, end: number, { code }: Word): boolean {
  if (end - start > 2) return false
  if (start === 0) return end < text.length && code === 'company'
  for (let length = start + 1; length < text.length && length <= start + 2; length++) {
    if (isSurname(text.slice(0, length))) return true
  }
  return false
}

/** A department named by its stem and one character, at any place: 経理部, 総務課山田. */
function unitIn(text: string): OrganisationWord | undefined {
  for (let end = text.length; end > 2; end--) {
    if (!UNITS_AFTER_STEMS.includes(text.charAt(end - 1))) continue
    const start = stemBefore(text, end - 1)
    if (start !== undefined) return { code: 'department', start, end, is_certain: true }
  }
  return undefined
}

/** An ending of one character that organisations share with names: certain after a stem, or after what is no kanji. */
function endingOf(text: string): OrganisationWord | undefined {
  const last = text.charAt(text.length - 1)
  const isUnit = UNIT_ENDINGS.includes(last)
  if (isHolder(text, last)) return { code: 'role', start: 0, end: text.length, is_certain: true }
  if (text.length < 2 || (!isUnit && !INSTITUTION_ENDINGS.includes(last))) return undefined
  const stem = text.slice(0, -1)
  const is_certain =
    (stem.length > 1 && !NUMERALS.test(stem) && isMadeOfStems(stem)) ||
    OTHER_SCRIPT.test(stem) ||
    HIRAGANA.test(stem) ||
    stemBefore(text, stem.length) !== undefined ||
    isTooLong(text, last)
  if (!is_certain && isGivenName(text)) return undefined
  return { code: isUnit ? 'department' : 'company', start: is_certain ? 0 : stem.length, end: text.length, is_certain }
}

/** Whether a text ends like the word for the holder of a role (登録者, 監視員), with no surname before that. */
function isHolder(text: string, last: string): boolean {
  return (
    (last === '者' ? text.length > 2 : last === '員' && text.length === 3) && (surnameAtStart(text)?.length ?? 0) < 2
  )
}

/** Whether a text is longer than a surname that ends so, with an ending that no given name has. */
function isTooLong(text: string, last: string): boolean {
  return (
    text.length >= (NEVER_ENDS_GIVEN_NAMES.includes(last) ? LONGER_THAN_SURNAMES : LONGER_THAN_NAMES) && last !== '館'
  )
}

/** Whether what ends like an organisation is a surname with a given name of two characters: 佐藤|朋会. */
function isGivenName(text: string): boolean {
  const surname = surnameAtStart(text)
  if (surname === undefined || text.length - surname.length !== 2) return false
  return (
    GIVEN_NAME_ENDINGS.includes(text.charAt(text.length - 1)) ||
    ORGANISATION_LIKE_GIVEN_NAMES.has(text.slice(surname.length))
  )
}

/** A function named without an ending: 総務人事, 営業企画. Of three kanji it may be a common surname and a given name: 新保|健. */
function functionIn(text: string): OrganisationWord | undefined {
  return text.length > 1 && isMadeOfStems(text) && stemBefore(text, text.length) !== undefined
    ? { code: 'department', start: 0, end: text.length, is_certain: text.length !== 3 || !isCommonPerson(text) }
    : undefined
}

function listed(words: readonly string[], code: OrganisationCode, is_anywhere: boolean): [string, Word][] {
  return words.map(word => [word, { code, is_anywhere }])
}
