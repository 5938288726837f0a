import type { Contact } from '#domain/contact.ts'
import { nameKey } from '#domain/names/name-keys.ts'
import type { PersonName } from '#domain/person-name.ts'
import type { ComparedStep } from '#domain/roster-step.ts'
import type { AddressAccount, DesiredContact } from '#domain/roster.ts'
import type { AccountContact } from '#domain/accounts/support-account.ts'

export type KnownPerson = PersonName & { contact_id: string }

/** The contacts of the contracts of a change by address. */
export type PeopleOfChange = {
  customer_ids: ReadonlySet<string>
  /** Those of contracts in force, before and after the change (R28). */
  before: ReadonlyMap<string, readonly Contact[]>
  after: ReadonlyMap<string, readonly DesiredContact[]>
  /** Those of contracts that ended by their dates and whose end is not recorded yet. */
  run_out: ReadonlyMap<string, readonly Contact[]>
  /** A person who comes to an address on a contract that has ended (R39). */
  past: ReadonlyMap<string, DesiredContact>
  /** The contacts of contracts in force after the change, by id. */
  contacts_after: ReadonlyMap<string, DesiredContact>
}

/** The people at each address before and after the steps of a change, as far as their contracts are in force (R28). */
export function peopleOfChange(steps: readonly ComparedStep[]): PeopleOfChange {
  const after = steps.flatMap(({ desired, isInForce }) => (isInForce ? desired : []))
  const unrecorded = steps.filter(({ roster, wasInForce }) => !wasInForce && roster.contract.end_recorded_at === null)
  return {
    customer_ids: new Set(steps.map(({ roster }) => roster.contract.customer_id)),
    before: byAddress(steps.flatMap(({ roster, wasInForce }) => (wasInForce ? roster.contacts : []))),
    after: byAddress(after),
    run_out: byAddress(unrecorded.flatMap(({ roster }) => roster.contacts)),
    past: new Map(
      steps.flatMap(({ difference, isInForce }) =>
        isInForce ? [] : difference.added.map((contact): [string, DesiredContact] => [contact.email_key, contact]),
      ),
    ),
    contacts_after: new Map(after.map(contact => [contact.contact_id, contact])),
  }
}

function byAddress<Person extends { email_key: string }>(people: readonly Person[]): Map<string, Person[]> {
  return Map.groupBy(people, ({ email_key }) => email_key)
}

/** The customer's own account of an address, open or closed. */
export function ownAccount(
  account: AddressAccount | undefined,
  customer_ids: ReadonlySet<string>,
): AddressAccount | undefined {
  return account === undefined || customer_ids.has(account.customer_id) ? account : account.closed
}

/** Whether a person is not known to have left an account while it was open. */
export function hasNotLeft({ residual_access }: AddressAccount): (person: { contact_id: string }) => boolean {
  const left = new Set(residual_access.filter(({ at_closing }) => !at_closing).map(({ contact_id }) => contact_id))
  return ({ contact_id }) => !left.has(contact_id)
}

/**
 * The contacts of the contracts that are behind an account by the record. Another account may have been opened at their
 * address after their contract had ended.
 */
export function leaversOf(account: AddressAccount, { before, run_out }: PeopleOfChange): Contact[] {
  const { account_id, email_key } = account
  const contacts = [...(before.get(email_key) ?? []), ...(run_out.get(email_key) ?? [])]
  return contacts.filter(contact => contact.account_id === account_id).filter(hasNotLeft(account))
}

/** Those of other contracts that ended by their dates. */
export function runOutOf(account: AddressAccount): AccountContact[] {
  return account.run_out.filter(hasNotLeft(account))
}

/** Whether a person is at an address after the change. A contact that is merely renamed is still there. */
export function presentPeople(
  { after, contacts_after }: PeopleOfChange,
  email_key: string,
  elsewhere: readonly PersonName[],
): (person: KnownPerson) => boolean {
  const names = new Set([...elsewhere, ...(after.get(email_key) ?? [])].map(nameKey))
  return person => contacts_after.get(person.contact_id)?.email_key === email_key || names.has(nameKey(person))
}

/** Whether a person is one of these, by the contact or by the name. */
export function isAmong(people: readonly KnownPerson[]): (person: KnownPerson) => boolean {
  const contact_ids = new Set(people.map(({ contact_id }) => contact_id))
  const names = new Set(people.map(nameKey))
  return person => contact_ids.has(person.contact_id) || names.has(nameKey(person))
}
