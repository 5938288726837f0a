import { comparedForm } from '#domain/names/compared-form.ts'
import { isLatin, type PersonName } from '#domain/person-name.ts'

const MARKED_LATIN = /(\p{Script=Latin})\p{M}+/gu
const KATAKANA = /[ァ-ヶ]/gu
const KATAKANA_TO_HIRAGANA = 0x60
const SIGNS = /[\s\p{P}\p{S}]|\p{Default_Ignorable_Code_Point}/gu
// The usual short forms, as NFKC leaves them (㈱), and what they mean.
const COMPANY_FORMS: ReadonlyMap<string, string> = new Map([
  ['(株)', '株式会社'],
  ['(有)', '有限会社'],
  ['(合)', '合同会社'],
  ['(資)', '合資会社'],
  ['(名)', '合名会社'],
  ['(社)', '社団法人'],
  ['(財)', '財団法人'],
  ['(学)', '学校法人'],
  ['(医)', '医療法人'],
])
const LONG_FORMS = new Set(COMPANY_FORMS.values())
const SHORT_FORM = /\([株有合資名社財学医]\)/gu
// A middle dot divides the parts of a foreign name, in either order.
const DIVIDERS = /[\s・･·\p{Default_Ignorable_Code_Point}]+/u

/**
 * The text in which a search looks for parts of a contact's name. Likeness decides: width, case, kana, variant kanji,
 * accents, signs and spaces do not count. A name in Latin script is found in both orders (John Smith, Smith John).
 */
export function contactSearchText({ family_name, given_name }: PersonName): string {
  const [family, given] = [searchText(family_name), searchText(given_name ?? '')]
  const isReversible = given !== '' && isLatin(family_name) && isLatin(given_name ?? '')
  return isReversible ? `${family}${given}${family}` : `${family}${given}`
}

/** The text in which a search looks for parts of a company's name: ㈱青空 and 株式会社青空 are found alike. */
export function companySearchText(name: string): string {
  return searchText(withLongForms(name))
}

/** A text in the form in which searches compare it. Empty where it holds neither letters nor digits. */
function searchText(text: string): string {
  const compared = comparedForm(text).toLowerCase()
  return compared
    .normalize('NFD')
    .replace(MARKED_LATIN, '$1')
    .normalize('NFC')
    .replace(KATAKANA, kana => String.fromCodePoint((kana.codePointAt(0) ?? 0) - KATAKANA_TO_HIRAGANA))
    .replace(SIGNS, '')
}

function withLongForms(name: string): string {
  return name.normalize('NFKC').replace(SHORT_FORM, form => COMPANY_FORMS.get(form) ?? form)
}

/** The words that a search asks for, in the form of `searchText`. A name has to contain each of them. */
export function searchWords(text: string): string[] {
  const words = withLongForms(text).split(DIVIDERS).map(searchText)
  return [...new Set(words)].filter(word => word !== '')
}

/** The word of a search that the fewest names contain, as far as its length tells. Many companies are of one form. */
export function rarestWord(words: readonly string[]): string {
  const rare = words.filter(word => !LONG_FORMS.has(word))
  return (rare.length === 0 ? words : rare).reduce(
    (longest, word) => (word.length > longest.length ? word : longest),
    '',
  )
}
