import type { ActionContext } from '#actions/support/action-context.ts'
import { lockRoster } from '#actions/support/rosters/lock-roster.ts'
import { planRosterChange } from '#actions/support/rosters/plan-roster-change.ts'
import { findRegisteredContact, presentContact } from '#actions/support/rosters/registered-contact.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import { contactView } from '#domain/contact.ts'
import { desiredRoster } from '#domain/desired-roster.ts'
import { entityTag } from '#domain/entity-tag.ts'
import { assertPreconditions, type Preconditions } from '#domain/precondition.ts'
import type { Caller } from '#domain/caller.ts'
import type { Asking } from '#domain/requester.ts'

export type ContactRemoval = { contact_id: string; preconditions: Preconditions; asking: Asking; caller: Caller }

/** Takes one contact off its contract and frees the seat. The primary can go only as the last contact (R10). */
export async function removeContact(
  context: ActionContext,
  { contact_id, preconditions, asking, caller }: ContactRemoval,
): Promise<void> {
  const { contract_id } = await findRegisteredContact(context, contact_id)
  await inTransaction(context.database, async trx => {
    const roster = await lockRoster(context, trx, contract_id)
    const contact = presentContact(roster, contact_id)
    assertPreconditions(preconditions, entityTag(contactView(contact)))
    const desired = desiredRoster(roster.contacts.filter(other => other !== contact))
    const { statements } = await planRosterChange(context, trx, { roster, desired, asking, caller })
    await trx.commitWith(...statements)
  })
}
