import { doubt, isRefusal, type Finding } from '#domain/names/finding.ts'
import type { NameText } from '#domain/names/name-text.ts'
import { organisationFinding } from '#domain/names/organisation-finding.ts'
import { isOrganisationWord } from '#domain/names/organisation-names.ts'

/** An organisation's word in the place of a family name, and a name after it, in separate parts: セールス | マリア. */
export function katakanaSurname({ text, isDivided }: NameText<'katakana'>): Finding | undefined {
  const [family = '', given = '', ...others] = text.split('・')
  const isSurname = isDivided && given !== '' && others.length === 0 && isOrganisationWord(family)
  return isSurname && !isRefusal(organisationFinding(given)) ? doubt(family) : undefined
}
