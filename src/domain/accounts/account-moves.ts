import { ownAccount, presentPeople, type PeopleOfChange } from '#domain/accounts/account-people.ts'
import type { Contact } from '#domain/contact.ts'
import { nameKey } from '#domain/names/name-keys.ts'
import { isStillThePerson } from '#domain/person-key.ts'
import type { AddressAccount, AddressAccounts, DesiredContact } from '#domain/roster.ts'

/** An account that goes along with its person to another address, and the contacts with which it does. */
export type AccountMove = { account: AddressAccount; contacts: readonly Contact[]; to: DesiredContact }

/**
 * The accounts that go along with the person who alone uses them, by their new address (R21). An address whose account
 * stays takes its comers in. One account goes to an address: the first of several. Two people may swap addresses.
 */
export function movingAccounts(known: AddressAccounts, people: PeopleOfChange): Map<string, AccountMove> {
  const moves = new Map<string, AccountMove>()
  for (const [email_key, contacts] of people.before) {
    const move = moveOf(ownAccount(known.get(email_key), people.customer_ids), contacts, people)
    if (move !== undefined && !moves.has(move.to.email_key)) moves.set(move.to.email_key, move)
  }
  const leaving = new Set([...moves.values()].map(({ account }) => account.email_key))
  const isTaken = ({ to: { email_key } }: AccountMove): boolean =>
    ownAccount(known.get(email_key), people.customer_ids) !== undefined && !leaving.has(email_key)
  const staying = [...moves.values()].filter(isTaken)
  for (let stays = staying.pop(); stays !== undefined; stays = staying.pop()) {
    moves.delete(stays.to.email_key)
    const next = moves.get(stays.account.email_key)
    if (next !== undefined) staying.push(next)
  }
  return moves
}

/** The move of an account, if one person alone uses it, and gets another address on one of the contracts at least. */
function moveOf(
  account: AddressAccount | undefined,
  contacts: readonly Contact[],
  people: PeopleOfChange,
): AccountMove | undefined {
  if (account === undefined || account.elsewhere.length > 0 || new Set(contacts.map(nameKey)).size > 1) return undefined
  if (contacts.some(presentPeople(people, account.email_key, []))) return undefined
  const moved = contacts.map(contact => people.contacts_after.get(contact.contact_id))
  const to = moved.find((after, index) => after !== undefined && isStillThePerson(contacts[index], after))
  return to === undefined ? undefined : { account, contacts, to }
}
