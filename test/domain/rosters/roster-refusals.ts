import type { Contact } from '#domain/contact.ts'
import type { AddressAccount, Roster, WrittenContact } from '#domain/roster.ts'
import { accountsOf, contact, desiredContact, planRoster, primary, rosterOf } from './roster-facts.ts'

export const a = primary('a')
export const [b, c, d, e] = ['b', 'c', 'd', 'e'].map(id => contact(id)) as [Contact, Contact, Contact, Contact]
export const full = rosterOf([a, b, c, d])

export function refusals(roster: Roster, after: WrittenContact[], ...others: AddressAccount[]) {
  const accounts = accountsOf(roster.contacts, ...others)
  return planRoster(roster, after.map(desiredContact), accounts).refusals.map(
    ({ about: _about, ...refusal }) => refusal,
  )
}
