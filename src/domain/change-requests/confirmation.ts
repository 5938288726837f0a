import type { AskedChange, ChangeRequest, Confirmation } from '#domain/change-requests/change-request.ts'
import { fullName, type PersonName } from '#domain/person-name.ts'
import { RefusedError, type InvalidField } from '#domain/refusal.ts'
import { contactsOfRequester, fits } from '#domain/requester.ts'
import { isSameAuthority, OVERRIDING_SCOPE, type Rights } from '#domain/api-clients/rights.ts'
import { primaryOf, type Roster } from '#domain/roster.ts'
import { CONFIRMATION_REASONS, type ConfirmationReason } from '#domain/vocabulary.ts'

/** Who confirms, as a client records it: a contact of the contract, or another person at the customer by name. */
export type ConfirmerInput = { contact_id: string } | { name: string; position: string | null }

export type ConfirmationInput = Pick<Confirmation, 'channel' | 'note' | 'ticket' | 'reason'> & {
  confirmed_by: ConfirmerInput
}

/** Why the primary of a contract has to confirm a request now, and who that is. */
type ContractStanding = {
  contract_id: string
  primary_contact_id: string | null
  reasons: readonly ConfirmationReason[]
}

/**
 * What the present rosters say of a request: why the primary has to confirm it now, and who that is. A person change
 * says so of each of its contracts: their primaries confirm it for their own.
 */
export type Standing = Pick<Roster, 'contacts'> & {
  reasons: readonly ConfirmationReason[]
  contracts?: readonly ContractStanding[]
}

type Given = { confirmation: Confirmation | null; confirmations?: readonly Confirmation[] }

/**
 * R25: why the primary still has to confirm a request. A confirmation stays valid when the role goes over, but for what
 * touches the primary: there the primary of now has been asked, or not.
 */
export function outstandingReasons(request: Given, standing: Standing): readonly ConfirmationReason[] {
  const { contacts, reasons } = standing
  if (standing.contracts !== undefined) {
    const outstanding = new Set(outstandingContracts(request, standing).flatMap(contract => contract.reasons))
    return CONFIRMATION_REASONS.filter(reason => outstanding.has(reason))
  }
  const { confirmation } = request
  if (confirmation === null) return reasons
  const isOfThePrimary = confirmation.primary_contact_id === (primaryOf(contacts)?.contact_id ?? null)
  return isOfThePrimary ? [] : reasons.filter(reason => reason === 'concerns_primary')
}

/** The contracts of a person change whose primaries still have to confirm it, with the reasons. */
export function outstandingContracts(
  { confirmations = [] }: Pick<Given, 'confirmations'>,
  { contracts = [] }: Standing,
): ContractStanding[] {
  return contracts.flatMap(contract => {
    const { contract_id, primary_contact_id, reasons } = contract
    const given = confirmations.flatMap(one => (one.contracts ?? []).filter(other => other.contract_id === contract_id))
    const isOfThePrimary = given.some(other => other.primary_contact_id === primary_contact_id)
    const kept = given.length === 0 ? reasons : reasons.filter(reason => reason === 'concerns_primary')
    return isOfThePrimary || kept.length === 0 ? [] : [{ ...contract, reasons: kept }]
  })
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
  request: Pick<AskedChange, 'requested_by' | 'confirmations'>,
  { confirmed_by, channel, note, ticket, reason }: ConfirmationInput,
  standing: Standing,
  { authority, scopes }: Rights,
  now: string,
): Confirmation {
  const { contacts } = standing
  const { requested_by } = request
  const contact_id = 'contact_id' in confirmed_by ? confirmed_by.contact_id : null
  const { is_primary, primary_contact_id, contracts } = confirmedPart(request, standing, contact_id)
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
    ...(contracts && { contracts }),
    channel,
    note,
    ticket,
    reason: is_primary ? null : reason,
    confirmed_at: now,
    recorded_by: authority,
  }
}

/** Whether a contact confirms as the primary, and of a person change for which contracts; others confirm for all. */
function confirmedPart(
  request: Pick<AskedChange, 'confirmations'>,
  standing: Standing,
  contact_id: string | null,
): { is_primary: boolean } & Pick<Confirmation, 'primary_contact_id' | 'contracts'> {
  const { contacts } = standing
  if (standing.contracts === undefined) {
    const primary_contact_id = primaryOf(contacts)?.contact_id ?? null
    return { is_primary: contact_id !== null && contact_id === primary_contact_id, primary_contact_id }
  }
  const outstanding = outstandingContracts(request, standing)
  const own = contactsOfRequester(contacts, contact_id)
  const of = outstanding.filter(
    contract => contract.primary_contact_id !== null && own.has(contract.primary_contact_id),
  )
  const covered = (of.length > 0 ? of : outstanding).map(({ contract_id, primary_contact_id }) => ({
    contract_id,
    primary_contact_id,
  }))
  return { is_primary: of.length > 0, primary_contact_id: covered[0]?.primary_contact_id ?? null, contracts: covered }
}

const NO_NAME: PersonName = { family_name: '', given_name: null }

function refuse(type: 'invalid-request' | 'invalid-value', error: InvalidField): never {
  throw new RefusedError({ type, errors: [error] })
}

/**
 * Whether the one who confirms is the requester, as far as ids and names show: any contact of the same person is, and
 * a stranger is whose name is said in either order.
 */
function isRequester(
  requested_by: AskedChange['requested_by'],
  contacts: Standing['contacts'],
  contact_id: string | null,
  name: string,
): boolean {
  if (contact_id !== null) return contactsOfRequester(contacts, requested_by.contact_id).has(contact_id)
  const requester = contacts.find(contact => contact.contact_id === requested_by.contact_id)
  return fits(requester ?? writtenName(requested_by.name ?? ''), name)
}

/** A name that was written as one text, divided at its first space. */
function writtenName(text: string): PersonName {
  const name = text.trim()
  const space = name.search(/\s/u)
  if (space === -1) return { family_name: name, given_name: null }
  return { family_name: name.slice(0, space), given_name: name.slice(space) }
}

/** Refuses a client that filed a request and recorded its confirmation to be the one that has it applied, too (R25). */
export function assertNotAlone(request: ChangeRequest, { authority, scopes }: Rights): void {
  if (scopes.has(OVERRIDING_SCOPE) || request.confirmation === null) return
  const confirmations = [request.confirmation, ...request.confirmations]
  const isRecorder = confirmations.some(({ recorded_by }) => isSameAuthority(recorded_by, authority))
  if (isRecorder && isFiler(request, authority))
    throw new RefusedError({ type: 'forbidden', required_scope: OVERRIDING_SCOPE })
}

/** Whether an authority filed a request, or changed it. */
export function isFiler({ filed_by }: Pick<AskedChange, 'filed_by'>, authority: Rights['authority']): boolean {
  return filed_by.some(other => isSameAuthority(other, authority))
}
