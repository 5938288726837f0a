import { nameKey } from '#domain/names/name-keys.ts'
import type { PersonName } from '#domain/person-name.ts'

/** The key of a person at a customer (R19): contacts with the same address and the same name are one person. */
export function personKey(contact: PersonName & { email_key: string }): string {
  return `${contact.email_key} ${nameKey(contact)}`
}
