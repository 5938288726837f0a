import type { ActionContext, Requester } from '#actions/support/action-context.ts'
import { changeRoster } from '#actions/support/change-roster.ts'
import { findRegisteredContact, presentContact } from '#actions/support/registered-contact.ts'
import { acceptContact } from '#actions/register-contact.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import type { ContactPatch } from '#domain/change-operations.ts'
import { contactView, type ContactView } from '#domain/contact.ts'
import { entityTag } from '#domain/entity-tag.ts'
import { withWarnings, type WithWarnings } from '#domain/name-note.ts'
import { assertPreconditions, type Preconditions } from '#domain/precondition.ts'

export type ContactUpdate = {
  contact_id: string
  patch: ContactPatch
  preconditions: Preconditions
  requester: Requester
}

/** Changes one contact in place: it keeps its seat, its role and its id, also when the contract is over its limit (R12, R27). */
export async function updateContact(
  context: ActionContext,
  { contact_id, patch, preconditions, requester }: ContactUpdate,
): Promise<WithWarnings<ContactView>> {
  const { contract_id } = await findRegisteredContact(context, contact_id)
  return await inTransaction(context.database, async trx => {
    const plan = await changeRoster(context, trx, {
      contract_id,
      requester,
      wish: roster => {
        const contact = presentContact(roster, contact_id)
        assertPreconditions(preconditions, entityTag(contactView(contact)))
        const desired = acceptContact({ ...contact, ...patch }, contact_id, {
          customer_name: roster.contract.customer_name,
          present: () => contact,
        })
        return roster.contacts.map(other => (other === contact ? desired : other))
      },
    })
    return withWarnings(
      contactView(
        plan.changed.find(({ after }) => after.contact_id === contact_id)?.after ??
          plan.kept.find(contact => contact.contact_id === contact_id)!,
      ),
      plan.warnings,
    )
  })
}
