import { nameKey } from '#domain/names/name-keys.ts'
import { fullName, type PersonName } from '#domain/person-name.ts'
import type { Capability, Role } from '#domain/vocabulary.ts'

/** One registration behind an account: a contact whose contract has not ended. */
export type AccountContact = PersonName & {
  contact_id: string
  contract_id: string
  role: Role
  registered_at: string
}

/**
 * How the support site shows an account (R18): one person by the full name; several by their family names joined
 * with `/`, primaries first, then in the order of registration, full names where two share a family name. A person
 * registered on several contracts appears once. Null where the account has no contacts.
 */
export function displayName(contacts: readonly AccountContact[]): string | null {
  const people = peopleOf(contacts)
  if (people.length <= 1) return people[0] === undefined ? null : fullName(people[0])
  const bearers = Map.groupBy(people, person => person.family_name)
  return people
    .map(person => (bearers.get(person.family_name)?.length === 1 ? person.family_name : fullName(person)))
    .join('/')
}

/** The persons behind an account, each once (R18), in the order in which they are shown. */
export function peopleOf(contacts: readonly AccountContact[]): AccountContact[] {
  if (contacts.length === 1) return [...contacts]
  const people = new Map<string, AccountContact>()
  for (const contact of contacts.toSorted(byStanding)) {
    const name = nameKey(contact)
    if (!people.has(name)) people.set(name, contact)
  }
  return [...people.values()]
}

/** The services that an account may use (R22): those that need a sign-in wait for its password. */
export function capabilitiesOf(account: { is_open: boolean; password_set_at: string | null }): Capability[] {
  if (!account.is_open) return []
  if (account.password_set_at === null) return ['email_inquiry', 'notices']
  return ['email_inquiry', 'notices', 'web_inquiry', 'chat_inquiry', 'my_activity', 'follow']
}

function byStanding(a: AccountContact, b: AccountContact): number {
  if (a.role !== b.role) return a.role === 'primary' ? -1 : 1
  return compare(a.registered_at, b.registered_at) || compare(a.contact_id, b.contact_id)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
