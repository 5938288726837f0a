import type { ActionContext } from '#actions/support/action-context.ts'
import { lockRoster } from '#actions/support/rosters/lock-roster.ts'
import { planRosterChange } from '#actions/support/rosters/plan-roster-change.ts'
import { withIdempotency, type IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import { acceptContact } from '#domain/contacts/accept-contact.ts'
import type { ContactInput } from '#domain/contacts/contact-input.ts'
import { contactView, type ContactView } from '#domain/contact.ts'
import { desiredRoster } from '#domain/desired-roster.ts'
import { parseEmailAddress } from '#domain/addresses/email-address.ts'
import { withWarnings, type WithWarnings } from '#domain/name-note.ts'
import type { Caller } from '#domain/caller.ts'
import type { Asking } from '#domain/requester.ts'
import { contactAfter } from '#domain/rosters/roster-plan.ts'

export type ContactRegistration = {
  contract_id: string
  contact: ContactInput
  asking: Asking
  caller: Caller
  key?: IdempotencyKey | undefined
}

/** Registers one person on a contract, within its seats (R10, R17, R19, R20, R24, R27, R28). */
export async function registerContact(
  context: ActionContext,
  { contract_id, contact, asking, caller, key }: ContactRegistration,
): Promise<IdempotentOutcome<WithWarnings<ContactView>>> {
  const address = parseEmailAddress(contact.email)
  return await withIdempotency(context, key, async trx => {
    const roster = await lockRoster(context, trx, contract_id, address?.email_key)
    const contact_id = context.newId() // under the lock, so that ids sort as registrations do
    const newcomer = acceptContact(contact, contact_id, { customer_name: roster.contract.customer_name })
    const desired = desiredRoster([...roster.contacts, newcomer])
    const { plan, statements } = await planRosterChange(context, trx, { roster, desired, asking, caller })
    return { value: withWarnings(contactView(contactAfter(plan, contact_id)), plan.warnings), statements }
  })
}
