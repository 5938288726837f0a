import { comparedForm } from '#domain/names/compared-form.ts'
import { doubt, refusal, type Finding } from '#domain/names/finding.ts'
import { dividedName, isSurname } from '#domain/names/known-surnames.ts'
import { LATIN_SURNAMES, LEGAL_FORMS } from '#domain/names/lists.ts'
import { writtenName, type NameFacts } from '#domain/names/name-facts.ts'

const SPACES_AND_DOTS = /[\s.,・]/gu
const LATIN_FORMS = /\b(?:inc|incorporated|corp|corporation|co|ltd|limited|llc|llp|plc|gmbh|ag|sarl|kk)\b\.?/gu
// The longest first: 特例有限会社 before 有限会社.
const REMOVED_FORMS = LEGAL_FORMS.toSorted((a, b) => b.length - a.length)
const ANY_FORM = new RegExp(REMOVED_FORMS.map(form => RegExp.escape(form)).join('|'), 'u')

/**
 * The customer's own name without its legal form is no person's (みどりの風 at 株式会社みどりの風). It leaves a doubt where
 * it is also a surname or a person's whole name (鈴木 at 鈴木), or where the customer has no legal form and trades alone.
 */
export function customersOwnName({ name, text, customer_name }: NameFacts): Finding | undefined {
  if (customer_name === null) return undefined
  const own = withoutLegalForm(text)
  const customer = customerForm(customer_name)
  if (own === '' || own !== customer.bare) return undefined
  const isSoleTrader = customer.compared.toLowerCase().replace(SPACES_AND_DOTS, '') === own
  const mayBePerson = isSoleTrader || name.given_name !== null || LATIN_SURNAMES.has(own) || beginsWithSurname(own)
  return mayBePerson ? doubt(writtenName(name), [], 'equals-customer') : refusal('equals-customer', writtenName(name))
}

/** Whether a text is a surname, or begins with one of two characters or more and goes on. */
function beginsWithSurname(text: string): boolean {
  if (isSurname(text)) return true
  const { family_name, given_name } = dividedName(text)
  return given_name !== null && family_name.length > 1 && isSurname(family_name)
}

function withoutLegalForm(text: string): string {
  let bare = text.toLowerCase()
  if (ANY_FORM.test(bare)) for (const form of REMOVED_FORMS) bare = bare.replace(form, '')
  return bare.replace(LATIN_FORMS, '').replace(SPACES_AND_DOTS, '')
}

type CustomerForm = { name: string; compared: string; bare: string }

// Of one customer come several names, one after the other.
let latest: CustomerForm = { name: '', compared: '', bare: '' }

function customerForm(name: string): CustomerForm {
  if (latest.name === name) return latest
  const compared = comparedForm(name)
  return (latest = { name, compared, bare: withoutLegalForm(compared) })
}
