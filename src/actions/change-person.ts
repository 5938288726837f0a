import type { ActionContext } from '#actions/support/action-context.ts'
import { lockAddresses, lockRosters } from '#actions/support/lock-roster.ts'
import { paired } from '#actions/support/paired.ts'
import { contactAmong, findContractsOfPerson } from '#actions/support/person-rosters.ts'
import { planRosterChanges } from '#actions/support/plan-roster-change.ts'
import { withIdempotency, type IdempotentOutcome, type UncommittedWrite } from '#actions/support/with-idempotency.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import { NoPlaceError } from '#db/driver/lock-places.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import type { Caller } from '#domain/caller.ts'
import { contactView, type Contact, type ContactView } from '#domain/contact.ts'
import { withWarnings, type WithWarnings } from '#domain/name-note.ts'
import { nameKey } from '#domain/names/name-keys.ts'
import { contactsOfPerson, readPersonChange, type PersonMatter } from '#domain/person-change.ts'
import type { Asking } from '#domain/requester.ts'
import { contactsAfter, type RosterPlan } from '#domain/roster-plan.ts'
import { addressesToPlan } from '#domain/roster-step.ts'
import type { AddressAccounts } from '#domain/roster.ts'

export type PersonChange = {
  contact_id: string
  matter: PersonMatter
  asking: Asking
  caller: Caller
  key?: IdempotencyKey | undefined
}

/** The contacts of a person after a change of all of them; those that left have `removed_at`. */
export type PersonChanged = WithWarnings<{ contacts: ContactView[] }>

/** How often a change starts again where the person comes to another contract or address meanwhile. */
const MOST_ATTEMPTS = 5

/** Thrown where the person is registered on other contracts than those that were looked up before the locks. */
class PersonMovedError extends Error {}

/**
 * Changes what concerns a person on all contracts of the customer on which they stand, or takes them off all of them:
 * all or nothing (R34). Contracts are locked in the order of their ids, then the addresses.
 */
export async function changePerson(
  context: ActionContext,
  change: PersonChange,
): Promise<IdempotentOutcome<PersonChanged>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await withIdempotency(context, change.key, async trx => await changeOnce(context, trx, change))
    } catch (error) {
      if (!(error instanceof PersonMovedError)) throw error
      if (attempt === MOST_ATTEMPTS) throw new NoPlaceError(`person of ${change.contact_id}`) // 503: try again later
    }
  }
}

async function changeOnce(
  context: ActionContext,
  trx: Transaction,
  { contact_id, matter, asking, caller }: PersonChange,
): Promise<UncommittedWrite<PersonChanged>> {
  const contract_ids = await findContractsOfPerson(context, trx, contact_id)
  const rosters = await lockRosters(context, trx, contract_ids)
  const person = contactAmong(rosters, contact_id)
  const changes = paired(rosters, readPersonChange(rosters, person, matter, context.newId)).map(
    ([roster, desired]) => ({ roster, desired }),
  )
  const steps = changes.map(({ roster, desired }) => ({ roster, desired: desired.contacts }))
  const addresses = [...new Set([...addressesToPlan(steps), person.email_key])].toSorted()
  const accounts = await lockAddresses(context, trx, contract_ids, addresses)
  assertNowhereElse(person, accounts)
  const { plans, statements } = await planRosterChanges(context, trx, {
    changes,
    accounts,
    asking,
    caller: { ...caller, source: 'person_change' },
  })
  const contact_ids = new Set(contactsOfPerson(rosters, person).map(contact => contact.contact_id))
  return { value: personChanged(plans, contact_ids), statements }
}

function assertNowhereElse(person: Contact, accounts: AddressAccounts): void {
  const elsewhere = accounts.get(person.email_key)?.elsewhere ?? []
  if (elsewhere.some(other => nameKey(other) === nameKey(person))) throw new PersonMovedError()
}

function personChanged(plans: readonly RosterPlan[], contact_ids: ReadonlySet<string>): PersonChanged {
  const contacts = plans
    .flatMap(plan => [...contactsAfter(plan), ...plan.removed])
    .filter(({ contact_id }) => contact_ids.has(contact_id))
  return withWarnings(
    { contacts: contacts.map(contactView) },
    plans.flatMap(({ warnings }) => warnings),
  )
}
