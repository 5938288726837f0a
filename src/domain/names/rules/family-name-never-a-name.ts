import type { Finding } from '#domain/names/finding.ts'
import { nameFacts, type NameFacts } from '#domain/names/name-facts.ts'
import { neverNameIn } from '#domain/names/never-a-name.ts'

/** A family name that alone is a company or contact data. A single letter may be a surname before a given name. */
export function familyNameNeverAName({ name, customer_name }: NameFacts): Finding | undefined {
  if (name.given_name === null) return undefined
  const finding = neverNameIn(nameFacts({ ...name, given_name: null }, customer_name))
  return finding?.code === 'company' || finding?.code === 'contact-data' ? finding : undefined
}
