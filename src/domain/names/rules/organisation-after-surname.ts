import { isRefusal, refusal, type Finding } from '#domain/names/finding.ts'
import type { NameText } from '#domain/names/name-text.ts'

/** A surname, and a rank or an organisation after it: 山田 部長, 山田 経理部. The surname is offered. */
export function organisationAfterSurname({ first, rest, restRuling }: NameText<'surname-first'>): Finding | undefined {
  if (!isRefusal(restRuling)) return undefined
  const code = restRuling.code === 'role' ? 'title' : 'organisation-and-person'
  return refusal(code, rest, [{ family_name: first, given_name: null }])
}
