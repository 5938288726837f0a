import { nameKey } from '#domain/names/name-keys.ts'
import type { PersonName } from '#domain/person-name.ts'

/** The key of a person at a customer (R19): contacts with the same address and the same name are one person. */
export function personKey(contact: PersonName & { email_key: string }): string {
  return `${contact.email_key} ${nameKey(contact)}`
}

/** Whether a contact is still the same person: one that gets another address and another whole name is not. */
export function isStillThePerson(before: PersonName | undefined, after: PersonName): boolean {
  return (
    before?.family_name === after.family_name || (before?.given_name != null && before.given_name === after.given_name)
  )
}
