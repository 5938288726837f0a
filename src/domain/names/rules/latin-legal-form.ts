import { finalRefusal, refusal, type Finding } from '#domain/names/finding.ts'
import { isLatinText, latinWords } from '#domain/names/latin-text.ts'
import { AMBIGUOUS_LEGAL_FORMS, LATIN_LEGAL_FORMS, NAME_LIKE_LEGAL_FORMS } from '#domain/names/lists.ts'

const CAPITALS = /^[^a-zß-ÿ]+$/u
const DOTTED = String.raw`co\.\s?,?\s*ltd|s\.\s?r\.\s?[lo]|sp\.?\s?z\.?\s?o\.?\s?o|s\.p\.a|l\.l\.c|p\.l\.c`
const DOTTED_FORM = new RegExp(String.raw`(?:^|[\s,])(?:${DOTTED})\.?(?=$|[\s,)])|[\s,]g\.k\.?$`, 'iu')
const COMPANY_MARK = /&\s*(?:co|company|sons|partners|associates)\b\.?/iu
// Two letters with dots are also initials: after one word (Venugopal K.K.) they are read as those.
const FORM_LIKE_INITIALS = /^\S+\s+\S.*\s(?:s\.a|b\.v|n\.v|l\.p|k\.k|a\.g)\.?$/iu

/**
 * A legal form in Latin script ends the name of a company: Acme Inc., Smith & Sons. Forms of two letters may be
 * initials after a name, so that an operator can override them: Siemens AG.
 */
export function latinLegalForm({ text }: { text: string }): Finding | undefined {
  if (!isLatinText(text)) return undefined
  const mark = DOTTED_FORM.exec(text) ?? COMPANY_MARK.exec(text) ?? FORM_LIKE_INITIALS.exec(text)
  if (mark !== null) return finalRefusal('company', mark[0].trim())
  const words = latinWords(text)
  const isInCapitals = CAPITALS.test(text)
  const form = words.find((word, index) => (index > 0 || words.length === 1) && isLegalForm(word, isInCapitals))
  if (form !== undefined)
    return NAME_LIKE_LEGAL_FORMS.has(form.toLowerCase()) ? refusal('company', form) : finalRefusal('company', form)
  const last = words.at(-1) ?? ''
  const isAmbiguous = words.length > 1 && !isInCapitals && AMBIGUOUS_LEGAL_FORMS.has(last)
  return isAmbiguous ? refusal('company', last) : undefined
}

/** Whether a word is a legal form. A form that is also a name counts only in capitals, in a text that is not. */
function isLegalForm(word: string, isInCapitals: boolean): boolean {
  const form = word.toLowerCase().replaceAll('.', '')
  if (!LATIN_LEGAL_FORMS.has(form)) return false
  return !NAME_LIKE_LEGAL_FORMS.has(form) || (!isInCapitals && word === form.toUpperCase())
}
