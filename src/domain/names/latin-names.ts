import {
  AMBIGUOUS_LEGAL_FORMS,
  BRAND_NAMES,
  LATIN_FUNCTION_WORDS,
  LATIN_LEGAL_FORMS,
  LATIN_ORGANISATION_BEGINNINGS,
  LATIN_ORGANISATION_ENDINGS,
  LATIN_SURNAME_WORDS,
  NAME_LIKE_LEGAL_FORMS,
} from '#domain/names/lists.ts'
import type { OrganisationCode } from '#domain/names/organisation-names.ts'

export type LatinFinding = {
  code: OrganisationCode | 'placeholder'
  matched: string
  is_certain: boolean
  is_hard: boolean
}

const BETWEEN_WORDS = /[\s,/&()_:;"“”|+]+/u
const CAPITALS = /^[^a-zß-ÿ]+$/u
const DOTTED_FORM = /(?:^|[\s,])(?:co\.\s?,?\s*ltd|s\.r\.l|s\.p\.a|l\.l\.c|p\.l\.c)\.?(?=$|[\s,)])|[\s,]g\.k\.?$/iu
// Two letters with dots are somebody's initials as well: after one word (Venugopal K.K.) they are taken for those.
const FORM_LIKE_INITIALS = /^\S+\s+\S.*\s(?:s\.a|b\.v|n\.v|l\.p|k\.k|a\.g)\.?$/iu
// After one word these may be somebody's initials: who vouches for the name is believed. Co without its dot is a surname too.
const LIKELY_FORM = /^\S+\s(?:s\.a|b\.v|co)\.$/iu
const LIKE_A_SURNAME = /^\S+\sco$/iu
// After kanji and kana, where no initials stand.
const FORM_AFTER_KANJI =
  /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー][\s,]*)(?:inc|incorporated|corp|corporation|co|ltd|limited|llc|llp|plc|gmbh|co\.,?\s?ltd|s\.a|b\.v|k\.k|g\.k)\.?$/iu
const IT_BEFORE_NAME = /^IT\s.*\p{Ll}/u
const PLACEHOLDERS: ReadonlySet<string> = new Set(['test', 'dummy', 'sample'])
const COMPANY_MARK = /&\s*(?:co|company|sons|partners|associates)\b\.?/iu

/**
 * What makes a name in Latin script a company's, a department's or a role's (R13), or undefined: a legal form, nothing
 * but words of functions, or a last word that ends no person's name. Words that are surnames as well are no certain finding.
 */
export function latinOrganisation(text: string): LatinFinding | undefined {
  const words = text
    .split(BETWEEN_WORDS)
    .map(word => word.replace(/^['’\-.]+|['’\-.,]+$/gu, ''))
    .filter(word => word !== '')
  return (
    legalFormIn(text, words) ??
    functionOf(
      words.map(word => word.toLowerCase()),
      text,
    )
  )
}

/** The legal form in Latin script that ends a name in kanji or kana: 青空 Inc. */
export function legalFormAfterKanji(text: string): string | undefined {
  return FORM_AFTER_KANJI.exec(text)?.[0]
}

function legalFormIn(text: string, words: readonly string[]): LatinFinding | undefined {
  const dotted = DOTTED_FORM.exec(text) ?? COMPANY_MARK.exec(text) ?? FORM_LIKE_INITIALS.exec(text)
  if (dotted !== null) return { code: 'company', matched: dotted[0].trim(), is_certain: true, is_hard: true }
  const isShouting = CAPITALS.test(text)
  const form = words.find(
    (word, index) =>
      (index > 0 || words.length === 1) &&
      (isLegalForm(word, isShouting) || (!isShouting && index === words.length - 1 && AMBIGUOUS_LEGAL_FORMS.has(word))),
  )
  if (form !== undefined) return { code: 'company', matched: form, is_certain: true, is_hard: true }
  if (LIKELY_FORM.test(text)) return certain('company', text)
  return LIKE_A_SURNAME.test(text) ? { ...certain('company', text), is_certain: false } : undefined
}

/** Whether a word is a legal form. One that is a name or initials as well counts in capitals alone, beside words that are not. */
function isLegalForm(word: string, isShouting: boolean): boolean {
  const form = word.toLowerCase().replaceAll('.', '')
  if (!LATIN_LEGAL_FORMS.has(form)) return false
  return !NAME_LIKE_LEGAL_FORMS.has(form) || (!isShouting && word === form.toUpperCase())
}

const NEVER_IN_NAMES = new Set(['department', 'dept', 'division', 'helpdesk', 'gmbh'])

function functionOf(words: readonly string[], text: string): LatinFinding | undefined {
  const [first = '', second] = words
  const last = words.at(-1) ?? ''
  const code: OrganisationCode = 'department'
  if (BRAND_NAMES.has(words.join('')) || BRAND_NAMES.has(text.toLowerCase())) return certain('company', text)
  if (words.length > 0 && words.every(isFunctionWord)) {
    const isName = words.every(word => LATIN_SURNAME_WORDS.has(word))
    if (!isName) return certain(words.length === 1 ? 'role' : code, text)
    return words.length === 1 ? { code, matched: text, is_certain: false, is_hard: false } : undefined
  }
  if (second === undefined) return undefined
  const unit = words.find(word => NEVER_IN_NAMES.has(word))
  if (unit !== undefined) return certain(code, unit)
  if (LATIN_ORGANISATION_ENDINGS.has(last))
    return { ...certain(code, last), is_certain: !LATIN_SURNAME_WORDS.has(last) }
  if (IT_BEFORE_NAME.test(text)) return certain(code, 'IT')
  if (PLACEHOLDERS.has(first)) return certain('placeholder', first)
  if (first === 'admin') return certain('role', first)
  if (LATIN_ORGANISATION_BEGINNINGS.has(first) || LATIN_ORGANISATION_BEGINNINGS.has(`${first} ${second}`))
    return certain(code, first)
  return undefined
}

function isFunctionWord(word: string): boolean {
  if (LATIN_FUNCTION_WORDS.has(word) || /^\d{1,2}$/.test(word)) return true
  return word.includes('-') && word.split('-').every(part => LATIN_FUNCTION_WORDS.has(part))
}

function certain(code: LatinFinding['code'], matched: string): LatinFinding {
  return { code, matched, is_certain: true, is_hard: false }
}
