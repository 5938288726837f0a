import type { ActionContext } from '#actions/support/action-context.ts'
import { lockRoster } from '#actions/support/rosters/lock-roster.ts'
import { planRosterChange } from '#actions/support/rosters/plan-roster-change.ts'
import { withIdempotency, type IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import { findContact } from '#db/rosters/contacts.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import { listPresentContacts } from '#db/rosters/present-contacts.ts'
import type { Caller } from '#domain/caller.ts'
import { contactView, type ContactView } from '#domain/contact.ts'
import { desiredRoster } from '#domain/desired-roster.ts'
import { entityTag } from '#domain/entity-tag.ts'
import { withWarnings, type WithWarnings } from '#domain/name-note.ts'
import { assertPreconditions, type Preconditions } from '#domain/precondition.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { Asking } from '#domain/requester.ts'
import { assertAway, restoredContact } from '#domain/contacts/restored-contact.ts'
import type { Restoration } from '#domain/roster.ts'
import { contactAfter } from '#domain/rosters/roster-plan.ts'

export type ContactRestoration = {
  contact_id: string
  restoration: Restoration
  preconditions: Preconditions
  asking: Asking
  caller: Caller
  key?: IdempotencyKey | undefined
}

/**
 * Brings back a person who was removed by mistake, as they were: a new contact that goes on from the removed one, with
 * the same account (R21), under the rules of a registration. Where the person has got another name or address on other
 * contracts meanwhile, they come back under that (R34). The conditions are those of the removed contact.
 */
export async function restoreContact(
  context: ActionContext,
  { contact_id, restoration, preconditions, asking, caller, key }: ContactRestoration,
): Promise<IdempotentOutcome<WithWarnings<ContactView>>> {
  const today = context.clock.today()
  return await withIdempotency(context, key, async trx => {
    const named = await findContact(trx, contact_id, today)
    if (named === undefined) throw new RefusedError({ type: 'not-found', resource: 'contact' })
    const { contract_id, email_key, removed_at } = named
    const since = removed_at ?? named.registered_at
    const [{ accounts, ...roster }, found = named, present] = await Promise.all([
      lockRoster(context, trx, contract_id, email_key),
      findContact(trx, contact_id, today), // again, once it is locked: an erasure may have come first
      listPresentContacts(trx, { contract_id, addresses: [email_key], since }, today),
    ])
    assertPreconditions(preconditions, entityTag(contactView(found)))
    const back = restoredContact(assertAway(found, roster), restoration, present, context.newId())
    const { plan, statements } = await planRosterChange(context, trx, {
      roster: { ...roster, ...(back.email_key === email_key && accounts && { accounts }) },
      desired: desiredRoster([...roster.contacts, back]),
      asking,
      caller,
    })
    return { value: withWarnings(contactView(contactAfter(plan, back.contact_id)), plan.warnings), statements }
  })
}
