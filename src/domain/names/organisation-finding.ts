import { isMadeOfStems } from '#domain/names/department-stems.ts'
import { doubt, refusal, type Finding } from '#domain/names/finding.ts'
import { dividedName, isOrdinaryWord, isSurname } from '#domain/names/known-surnames.ts'
import { organisationIn } from '#domain/names/organisation-names.ts'
import type { OrganisationWord } from '#domain/names/organisation-word.ts'

/** Why a text without spaces is an organisation's, or undefined. Offers the person whose name is part of the text. */
export function organisationFinding(text: string): Finding | undefined {
  const organisation = organisationIn(text)
  if (organisation === undefined) return undefined
  if (!organisation.is_certain) return doubt(text.slice(organisation.start, organisation.end))
  return personAndOrganisation(text, organisation) ?? refusal(organisation.code, text)
}

/** Why one word of several is an organisation's. Here a surname that is also a function is the function. */
export function wordFinding(word: string): Finding | undefined {
  return isOrdinaryWord(word) ? ordinaryWordFinding(word) : organisationFinding(word)
}

/** A surname that is also a function's word, read as the function. */
export function ordinaryWordFinding(word: string): Finding {
  return refusal(organisationIn(word)?.code ?? 'department', word)
}

/** A person's name before a rank (山田部長) or after a department (総務部山田): the name is offered. */
function personAndOrganisation(text: string, { code, start, end }: OrganisationWord): Finding | undefined {
  const before = text.slice(0, start)
  const after = text.slice(end)
  if (code === 'role' && after === '' && looksPersonal(before) && !isMadeOfStems(before))
    return refusal('title', text.slice(start, end), [dividedName(before)])
  if (after.length > 1 && looksPersonal(after))
    return refusal('organisation-and-person', text.slice(0, end), [dividedName(after)])
  return undefined
}

/** Whether a text may be a person's name: it begins with a surname of the lists, and is not an organisation's. */
export function looksPersonal(text: string): boolean {
  const compact = text.replaceAll(' ', '')
  if (organisationIn(compact)?.is_certain === true || isOrdinaryWord(compact)) return false
  return isSurname(dividedName(text).family_name)
}
