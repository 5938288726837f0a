import type { ActionContext } from '#actions/support/action-context.ts'
import { lockAddresses } from '#actions/support/lock-roster.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import { listPresentContacts } from '#db/persons.ts'
import type { Contact } from '#domain/contact.ts'
import { dayAfter, type ContractTerm } from '#domain/contract-term.ts'
import { asPresentPeople } from '#domain/present-person.ts'

/**
 * R34: the contacts of a contract that comes back into force, each with the name and the address that the person has on
 * the customer's other contracts by now. The addresses are locked first, so that no change of a person is missed.
 */
export async function peopleAsNow(
  context: ActionContext,
  trx: Transaction,
  { contract_id, customer_id, ends_on }: { contract_id: string; customer_id: string } & Pick<ContractTerm, 'ends_on'>,
  contacts: readonly Contact[],
): Promise<Contact[]> {
  const { clock } = context
  const addresses = [...new Set(contacts.map(({ email_key }) => email_key))].toSorted()
  const since = ends_on === null ? clock.now() : clock.startOf(dayAfter(ends_on))
  const [, present] = await Promise.all([
    lockAddresses(context, trx, [contract_id], addresses),
    listPresentContacts(trx, { customer_id, addresses, since }, clock.today()),
  ])
  return asPresentPeople(contacts, present)
}
