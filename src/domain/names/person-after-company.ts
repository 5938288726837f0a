import type { Finding } from '#domain/names/finding.ts'
import { dividedName } from '#domain/names/known-surnames.ts'
import { LEGAL_FORMS } from '#domain/names/lists.ts'
import { looksPersonal } from '#domain/names/organisation-finding.ts'

const LEGAL_FORM = new RegExp(LEGAL_FORMS.map(form => form.replace(/[()]/g, '\\$&')).join('|'), 'u')
const LONGER_THAN_FORM = 4

/** The finding that a text is a company's, with the person whose name follows the company's after a space. */
export function withPersonAfterCompany(finding: Finding, text: string): Finding {
  if (finding.code !== 'company') return finding
  const [company = '', ...words] = text.split(' ')
  const person = words.join(' ')
  const isCompany = company.length > LONGER_THAN_FORM && LEGAL_FORM.test(company) && !LEGAL_FORM.test(person)
  if (!isCompany || words.length === 0 || !looksPersonal(person)) return finding
  return { ...finding, code: 'organisation-and-person', suggestions: [dividedName(person)] }
}
