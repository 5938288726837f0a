import type { ActionContext } from '#actions/support/action-context.ts'
import { lockAddresses } from '#actions/support/rosters/lock-roster.ts'
import type { Db } from '#db/driver/database.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import { listPresentContacts } from '#db/rosters/present-contacts.ts'
import type { Contact } from '#domain/contact.ts'
import { dayAfter, type ContractTerm } from '#domain/contracts/contract-term.ts'
import { asPresentPeople, type PresentContact } from '#domain/contacts/present-person.ts'

type EndedContract = { contract_id: string } & Pick<ContractTerm, 'ends_on'>

/** The contacts of a contract as their people are now, and those in force of its customer. `since` is its end. */
export type PeopleNow = { people: Contact[]; present: PresentContact[]; since: string }

/**
 * R34: the contacts of a contract that comes back into force, each with the name and the address that the person has on
 * the customer's other contracts by now. The addresses are locked first, so that no change of a person is missed.
 */
export async function peopleAsNow(
  context: ActionContext,
  trx: Transaction,
  contract: EndedContract,
  contacts: readonly Contact[],
): Promise<PeopleNow> {
  const [, people] = await Promise.all([
    lockAddresses(context, trx, [contract.contract_id], addressesOf(contacts)),
    findPeopleAsNow(context, trx, contract, contacts),
  ])
  return people
}

/** The same without locks. */
export async function findPeopleAsNow(
  { clock }: ActionContext,
  db: Db,
  { contract_id, ends_on }: EndedContract,
  contacts: readonly Contact[],
): Promise<PeopleNow> {
  const since = ends_on === null ? clock.now() : clock.startOf(dayAfter(ends_on))
  const present = await listPresentContacts(db, { contract_id, addresses: addressesOf(contacts), since }, clock.today())
  return { people: asPresentPeople(contacts, present), present, since }
}

function addressesOf(contacts: readonly Contact[]): string[] {
  return [...new Set(contacts.map(({ email_key }) => email_key))].toSorted()
}
