import type { ActionContext } from '#actions/support/action-context.ts'
import { lockAddresses, lockRosters } from '#actions/support/rosters/lock-roster.ts'
import { paired } from '#actions/support/paired.ts'
import { contactAmong, findContractsOfPerson } from '#actions/support/rosters/person-rosters.ts'
import type { RosterChange } from '#actions/support/rosters/plan-roster-change.ts'
import { NoPlaceError } from '#db/driver/lock-places.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import type { Contact } from '#domain/contact.ts'
import { nameKey } from '#domain/names/name-keys.ts'
import { readPersonChange, type AskedPersonChange } from '#domain/change-requests/person-change.ts'
import { addressesToPlan } from '#domain/roster-step.ts'
import type { AddressAccounts, Roster } from '#domain/roster.ts'

/** How often a change starts again where the person comes to another contract or address meanwhile. */
const MOST_ATTEMPTS = 5

/** Thrown where the person is registered on other contracts than those that were looked up before the locks. */
class PersonMovedError extends Error {}

/** A person change on the rosters of all contracts of the person, which are locked, and so are the addresses. */
export type LockedPerson = {
  person: Contact
  rosters: Roster[]
  changes: RosterChange[]
  accounts: AddressAccounts
}

/**
 * Locks all contracts that list a person, in the order of their ids, then the addresses that the change concerns.
 * `pointer` says where the request describes the change.
 */
export async function lockPerson(
  context: ActionContext,
  trx: Transaction,
  asked: AskedPersonChange,
  pointer = '#',
): Promise<LockedPerson> {
  const { contact_id } = asked
  const contract_ids = await findContractsOfPerson(context, trx, contact_id)
  const rosters = await lockRosters(context, trx, contract_ids)
  const person = contactAmong(rosters, contact_id)
  const desired = readPersonChange(rosters, person, asked, { newId: context.newId, pointer })
  const changes = paired(rosters, desired).map(([roster, desired]) => ({ roster, desired }))
  const steps = changes.map(({ roster, desired }) => ({ roster, desired: desired.contacts }))
  const addresses = [...new Set([...addressesToPlan(steps), person.email_key])].toSorted()
  const accounts = await lockAddresses(context, trx, contract_ids, addresses)
  assertNowhereElse(person, accounts)
  return { person, rosters, changes, accounts }
}

/** Does the work again where the person has come to another contract meanwhile, five times at most. */
export async function againWherePersonMoved<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof PersonMovedError)) throw error
      if (attempt === MOST_ATTEMPTS) throw new NoPlaceError('person') // 503: try again later
    }
  }
}

function assertNowhereElse(person: Contact, accounts: AddressAccounts): void {
  const elsewhere = accounts.get(person.email_key)?.elsewhere ?? []
  if (elsewhere.some(other => nameKey(other) === nameKey(person))) throw new PersonMovedError()
}
