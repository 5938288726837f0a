import type { ActionContext } from '#actions/support/action-context.ts'
import { lockRoster } from '#actions/support/rosters/lock-roster.ts'
import { planRosterChange } from '#actions/support/rosters/plan-roster-change.ts'
import { findRegisteredContact, presentContact } from '#actions/support/rosters/registered-contact.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import { acceptContact } from '#domain/contacts/accept-contact.ts'
import type { ContactPatch } from '#domain/change-requests/change-operations.ts'
import { changedInput } from '#domain/contacts/contact-input.ts'
import { contactView, type ContactView } from '#domain/contact.ts'
import { desiredRoster } from '#domain/desired-roster.ts'
import { entityTag } from '#domain/entity-tag.ts'
import { withWarnings, type WithWarnings } from '#domain/name-note.ts'
import { assertPreconditions, type Preconditions } from '#domain/precondition.ts'
import type { Caller } from '#domain/caller.ts'
import type { Asking } from '#domain/requester.ts'
import { contactAfter } from '#domain/rosters/roster-plan.ts'

export type ContactUpdate = {
  contact_id: string
  patch: ContactPatch
  preconditions: Preconditions
  asking: Asking
  caller: Caller
}

/** Changes a contact in place: seat, role and id stay, also when the contract is over its limit (R12, R27). */
export async function updateContact(
  context: ActionContext,
  { contact_id, patch, preconditions, asking, caller }: ContactUpdate,
): Promise<WithWarnings<ContactView>> {
  const { contract_id } = await findRegisteredContact(context, contact_id)
  return await inTransaction(context.database, async trx => {
    const roster = await lockRoster(context, trx, contract_id)
    const contact = presentContact(roster, contact_id)
    assertPreconditions(preconditions, entityTag(contactView(contact)))
    const { customer_name } = roster.contract
    const changed = acceptContact(changedInput(contact, patch), contact_id, {
      customer_name,
      present: () => contact,
      is_named: true,
    })
    const desired = desiredRoster(roster.contacts.map(other => (other === contact ? changed : other)))
    const { plan, statements } = await planRosterChange(context, trx, { roster, desired, asking, caller })
    await trx.commitWith(...statements)
    return withWarnings(contactView(contactAfter(plan, contact_id)), plan.warnings)
  })
}
