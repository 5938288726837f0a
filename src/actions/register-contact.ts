import type { ActionContext, Requester } from '#actions/support/action-context.ts'
import { changeRoster } from '#actions/support/change-roster.ts'
import { withIdempotency, type IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import { readContactInput, type ContactInput, type InputContext } from '#domain/contact-input.ts'
import { contactView, type ContactView } from '#domain/contact.ts'
import { withWarnings, type WithWarnings } from '#domain/name-note.ts'
import { RefusedError, type Refusal } from '#domain/refusal.ts'
import type { RosterPlan } from '#domain/roster-plan.ts'
import type { DesiredContact } from '#domain/roster.ts'

export type ContactRegistration = {
  contract_id: string
  contact: ContactInput
  requester: Requester
  key?: IdempotencyKey | undefined
}

/** Registers one person on a contract, within its seats (R10, R17, R19, R20, R24, R27, R28). */
export async function registerContact(
  context: ActionContext,
  { contract_id, contact, requester, key }: ContactRegistration,
): Promise<IdempotentOutcome<WithWarnings<ContactView>>> {
  return await withIdempotency(context, key, async (trx, keep) => {
    const { email_key } = acceptContact(contact, '', { customer_name: null })
    return registered(
      await changeRoster(
        context,
        trx,
        {
          contract_id,
          requester,
          // The id is made under the lock, so that ids sort as registrations do.
          wish: ({ contract: { customer_name }, contacts }) => [
            ...contacts,
            acceptContact(contact, context.newId(), { customer_name }),
          ],
          address: email_key,
        },
        plan => keep(registered(plan)),
      ),
    )
  })
}

function registered({ added, warnings }: RosterPlan): WithWarnings<ContactView> {
  return withWarnings(contactView(added[0]!), warnings)
}

/** The contact that an input describes; throws what speaks against it. */
export function acceptContact(input: ContactInput, contact_id: string, context: InputContext): DesiredContact {
  const { contact, refusals } = readContactInput(input, contact_id, context)
  if (refusals.length > 0) throw new RefusedError(...(refusals as [Refusal, ...Refusal[]]))
  return contact
}
