import type { AskedChange, ChangeRequest, Confirmation } from '#domain/change-request.ts'
import { fullName, type PersonName } from '#domain/person-name.ts'
import { RefusedError, type InvalidField } from '#domain/refusal.ts'
import { fits } from '#domain/requester.ts'
import { isSameAuthority, OVERRIDING_SCOPE, type Rights } from '#domain/rights.ts'
import { primaryOf, type Roster } from '#domain/roster.ts'
import { CONFIRMATION_REASONS, type ConfirmationReason } from '#domain/vocabulary.ts'

/** Who confirms, as a client records it: a contact of the contract, or another person at the customer by name. */
export type ConfirmerInput = { contact_id: string } | { name: string; position: string | null }

export type ConfirmationInput = Pick<Confirmation, 'channel' | 'note' | 'ticket' | 'reason'> & {
  confirmed_by: ConfirmerInput
}

/** What the present roster says of a request: why the primary has to confirm it now, and who that is. */
export type Standing = Pick<Roster, 'contacts'> & { reasons: readonly ConfirmationReason[] }

/**
 * R25: why the primary still has to confirm a request. A confirmation stays valid when the role goes over, but for what
 * touches the primary: there the primary of now has been asked, or not.
 */
export function outstandingReasons(
  { confirmation }: { confirmation: Confirmation | null },
  { contacts, reasons }: Standing,
): readonly ConfirmationReason[] {
  if (confirmation === null) return reasons
  const isOfThePrimary = confirmation.primary_contact_id === (primaryOf(contacts)?.contact_id ?? null)
  return isOfThePrimary ? [] : reasons.filter(reason => reason === 'concerns_primary')
}

/** The reasons that a request shows: those of now, and with a confirmation also those that it was given for. */
export function shownReasons(
  { confirmation, needs_confirmation }: Pick<ChangeRequest, 'confirmation' | 'needs_confirmation'>,
  { reasons }: Standing,
): ConfirmationReason[] {
  const known = new Set(confirmation === null ? reasons : [...needs_confirmation, ...reasons])
  return CONFIRMATION_REASONS.filter(reason => known.has(reason))
}

/**
 * R25: the record of a confirmation. A person other than the primary confirms only with a reason, and for a client that
 * may record that; no requester confirms the own request.
 */
export function confirmationOf(
  { requested_by }: Pick<AskedChange, 'requested_by'>,
  { confirmed_by, channel, note, ticket, reason }: ConfirmationInput,
  { contacts }: Standing,
  { authority, scopes }: Rights,
  now: string,
): Confirmation {
  const primary_contact_id = primaryOf(contacts)?.contact_id ?? null
  const contact_id = 'contact_id' in confirmed_by ? confirmed_by.contact_id : null
  const is_primary = contact_id !== null && contact_id === primary_contact_id
  if (!is_primary && !scopes.has(OVERRIDING_SCOPE))
    throw new RefusedError({ type: 'forbidden', required_scope: OVERRIDING_SCOPE })
  const contact = contacts.find(other => other.contact_id === contact_id)
  if (contact_id !== null && contact === undefined)
    throw new RefusedError({
      type: 'unknown-reference',
      references: [{ pointer: '#/confirmed_by/contact_id', resource: 'contact', id: contact_id }],
    })
  const name = 'name' in confirmed_by ? confirmed_by.name : fullName(contact ?? NO_NAME)
  if (!is_primary && reason === null) refuse('invalid-request', { pointer: '#/reason', code: 'required' })
  if (!is_primary && isRequester(requested_by, contacts, contact_id, name))
    refuse('invalid-value', { pointer: '#/confirmed_by', code: 'own-request' })
  const position = 'position' in confirmed_by ? confirmed_by.position : null
  return {
    confirmed_by: { contact_id, name, position, is_primary },
    primary_contact_id,
    channel,
    note,
    ticket,
    reason: is_primary ? null : reason,
    confirmed_at: now,
    recorded_by: authority,
  }
}

const NO_NAME: PersonName = { family_name: '', given_name: null }

function refuse(type: 'invalid-request' | 'invalid-value', error: InvalidField): never {
  throw new RefusedError({ type, errors: [error] })
}

/** Whether the one who confirms is the requester, as far as ids and names show. */
function isRequester(
  requested_by: AskedChange['requested_by'],
  contacts: Standing['contacts'],
  contact_id: string | null,
  name: string,
): boolean {
  if (contact_id !== null && contact_id === requested_by.contact_id) return true
  const requester = contacts.find(contact => contact.contact_id === requested_by.contact_id)
  const asked = requester ?? { family_name: requested_by.name ?? '', given_name: null }
  return contact_id === null && fits(asked, name)
}

/** Refuses a client that filed a request and recorded its confirmation to be the one that has it applied, too (R25). */
export function assertNotAlone(request: ChangeRequest, { authority, scopes }: Rights): void {
  if (scopes.has(OVERRIDING_SCOPE) || request.confirmation === null) return
  if (isSameAuthority(request.confirmation.recorded_by, authority) && isFiler(request, authority))
    throw new RefusedError({ type: 'forbidden', required_scope: OVERRIDING_SCOPE })
}

/** Whether an authority filed a request, or changed it. */
export function isFiler({ filed_by }: Pick<AskedChange, 'filed_by'>, authority: Rights['authority']): boolean {
  return filed_by.some(other => isSameAuthority(other, authority))
}
