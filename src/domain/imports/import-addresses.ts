import { parseEmailAddress } from '#domain/addresses/email-address.ts'
import type { ImportRow } from '#domain/imports/import.ts'

/** The addresses that a row may bring, by which two contracts can meet (R20): those that can be read, each once. */
export function addressesOfRow({ type, fields }: Pick<ImportRow, 'type' | 'fields'>): string[] {
  const people = type === 'contact' ? [fields] : type === 'roster' ? (fields['contacts'] as { email?: unknown }[]) : []
  const addresses = people.flatMap(({ email }) => (typeof email === 'string' ? (parseEmailAddress(email) ?? []) : []))
  return [...new Set(addresses.map(({ email_key }) => email_key))]
}
