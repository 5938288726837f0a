import type { ActionContext, Requester } from '#actions/support/action-context.ts'
import { changeRoster } from '#actions/support/change-roster.ts'
import { findRegisteredContact, presentContact } from '#actions/support/registered-contact.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import { contactView } from '#domain/contact.ts'
import { entityTag } from '#domain/entity-tag.ts'
import { assertPreconditions, type Preconditions } from '#domain/precondition.ts'

export type ContactRemoval = { contact_id: string; preconditions: Preconditions; requester: Requester }

/** Takes one contact off its contract and frees the seat. The primary goes only as the last one (R10). */
export async function removeContact(
  context: ActionContext,
  { contact_id, preconditions, requester }: ContactRemoval,
): Promise<void> {
  const { contract_id } = await findRegisteredContact(context, contact_id)
  await inTransaction(context.database, async trx => {
    await changeRoster(context, trx, {
      contract_id,
      requester,
      wish: roster => {
        const contact = presentContact(roster, contact_id)
        assertPreconditions(preconditions, entityTag(contactView(contact)))
        return roster.contacts.filter(other => other !== contact)
      },
    })
  })
}
