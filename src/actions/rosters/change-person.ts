import type { ActionContext } from '#actions/support/action-context.ts'
import { againWherePersonMoved, lockPerson } from '#actions/support/rosters/lock-person.ts'
import { planRosterChanges } from '#actions/support/rosters/plan-roster-change.ts'
import { withIdempotency, type IdempotentOutcome, type UncommittedWrite } from '#actions/support/with-idempotency.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import type { Caller } from '#domain/caller.ts'
import { contactView, type ContactView } from '#domain/contact.ts'
import { withWarnings, type WithWarnings } from '#domain/name-note.ts'
import { contactsOfPerson, personChangeBody, type AskedPersonChange } from '#domain/change-requests/person-change.ts'
import type { Asking } from '#domain/requester.ts'
import { contactsAfter, type RosterPlan } from '#domain/rosters/roster-plan.ts'

export type PersonChange = {
  change: AskedPersonChange
  asking: Asking
  caller: Caller
  key?: IdempotencyKey | undefined
}

/** The contacts of a person after a change of all of them; those that left have `removed_at`. */
export type PersonChanged = WithWarnings<{ contacts: ContactView[] }>

/**
 * Changes what concerns a person on all contracts of the customer that list the person, or takes the person off all of
 * them: all or nothing (R34). Refuses what a primary has to confirm, and names the change request to file instead
 * (R25). /
 */
export async function changePerson(
  context: ActionContext,
  asked: PersonChange,
): Promise<IdempotentOutcome<PersonChanged>> {
  return await againWherePersonMoved(
    async () => await withIdempotency(context, asked.key, async trx => await changeOnce(context, trx, asked)),
  )
}

async function changeOnce(
  context: ActionContext,
  trx: Transaction,
  { change, asking, caller }: PersonChange,
): Promise<UncommittedWrite<PersonChanged>> {
  const { rosters, person, changes, accounts } = await lockPerson(context, trx, change)
  const { plans, statements } = await planRosterChanges(context, trx, {
    changes,
    accounts,
    asking,
    caller: { ...caller, source: 'person_change' },
    person_change: personChangeBody(change),
  })
  const contact_ids = new Set(contactsOfPerson(rosters, person).map(contact => contact.contact_id))
  return { value: personChanged(plans, contact_ids), statements }
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
