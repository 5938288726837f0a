import type { ActionContext, Requester } from '#actions/action-context.ts'
import { changeRoster } from '#actions/change-roster.ts'
import { onceUnderKey, type Once } from '#actions/once-under-key.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import { readContactInput, type ContactInput } from '#domain/contact-input.ts'
import { contactView, type ContactView } from '#domain/contact.ts'
import { RefusedError, type Refusal } from '#domain/refusal.ts'
import type { RosterPlan } from '#domain/roster-plan.ts'
import type { WishedContact } from '#domain/roster.ts'

export type ContactRegistration = { contract_id: string, contact: ContactInput, requester: Requester, key?: IdempotencyKey | undefined }

/** Registers one person on a contract, within its seats (R10, R17, R19, R20, R24, R27, R28). */
export async function registerContact (context: ActionContext, { contract_id, contact, requester, key }: ContactRegistration): Promise<Once<ContactView>> {
  return await onceUnderKey(context, key, async (trx, keep) => {
    const newcomer = acceptContact(contact, '')
    return registered(await changeRoster(context, trx, {
      contract_id,
      requester,
      wish: ({ contacts }) => [...contacts, { ...newcomer, contact_id: context.newId() }], // made under the lock: ids sort as registrations do
      address: newcomer.email_key
    }, plan => keep(registered(plan))))
  })
}

function registered ({ added }: RosterPlan): ContactView {
  return contactView(added[0]!)
}

/** The contact that an input describes; throws what speaks against it. */
export function acceptContact (input: ContactInput, contact_id: string, pointer?: string): WishedContact {
  const { contact, refusals } = readContactInput(input, contact_id, pointer)
  if (refusals.length > 0) throw new RefusedError(...refusals as [Refusal, ...Refusal[]])
  return contact
}
