import type { Contact } from '#domain/contact.ts'
import { refusalsOf } from '#domain/roster-rules.ts'
import { compareRoster, type AddressAccount, type Roster } from '#domain/roster.ts'
import { accountsOf, contact, primary, rosterOf, TODAY, desiredContact } from './roster-facts.ts'

export const a = primary('a')
export const [b, c, d, e] = ['b', 'c', 'd', 'e'].map(id => contact(id)) as [Contact, Contact, Contact, Contact]
export const full = rosterOf([a, b, c, d])

export function refusals(roster: Roster, after: Contact[], ...others: AddressAccount[]) {
  const desired = after.map(desiredContact)
  return refusalsOf(roster, desired, compareRoster(roster.contacts, desired), accountsOf(roster.contacts, ...others), {
    today: TODAY,
    formerTerm: roster.contract,
  }).map(({ about: _about, ...refusal }) => refusal)
}
