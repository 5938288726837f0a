import { refusal, type Finding } from '#domain/names/finding.ts'
import { dividedName } from '#domain/names/known-surnames.ts'
import type { NameText } from '#domain/names/name-text.ts'
import { looksPersonal } from '#domain/names/organisation-finding.ts'

/** An organisation and a person, divided by a space: 総務部 山田太郎. The person is offered. */
export function organisationWithPerson({ words, organisations }: NameText<'several-words'>): Finding | undefined {
  const person = words.filter(word => !organisations.includes(word)).join(' ')
  if (organisations.length === 0 || person === '' || !looksPersonal(person)) return undefined
  return refusal('organisation-and-person', organisations.join(' '), [dividedName(person)])
}
