import type { Contact } from '#domain/contact.ts'
import type { ChangeOperation } from '#domain/change-operations.ts'
import type { Refusal } from '#domain/refusal.ts'
import type { Authority, Rights } from '#domain/rights.ts'
import type { Channel, ChangeRequestState, ConfirmationReason } from '#domain/vocabulary.ts'

/** Who asked for a change, and through which channel (R25). `contact_id` is the contact of the contract that the address belongs to. */
export type RequestedBy = {
  name: string
  email: string | null
  channel: Channel
  ticket_number: string | null
  contact_id: string | null
}

/** The primary's confirmation: who gave it, how, and which client recorded it (R25). */
export type Confirmation = {
  contact_id: string
  name: string
  channel: Channel
  ticket_number: string | null
  confirmed_at: string
  client: string
}

/** The scope that applying a request needs, and so everything by which a request comes to be applied later. */
export const APPLYING_SCOPE = 'contacts:write'

/** R24: the client with whose rights a job applies a request on its day, and when it approved that. */
export type Approval = { approved_by: Authority | null; approved_at: string | null }

export const NOT_APPROVED: Approval = { approved_by: null, approved_at: null }

/** What a customer asked support to change of a contract's contacts (R24, R25). */
export type ChangeRequest = Approval & {
  change_request_id: string
  contract_id: string
  customer_id: string
  state: ChangeRequestState
  operations: ChangeOperation[]
  concerns_contract: boolean
  requested_by: RequestedBy
  /** The day from whose start it shall hold, `YYYY-MM-DD` in the vendor's time zone; null for at once. */
  effective_on: string | null
  needs_confirmation: ConfirmationReason[]
  confirmation: Confirmation | null
  received_at: string
  /** When it came to its final state. */
  closed_at: string | null
  /** Why it was rejected or withdrawn, where that was said. */
  reason: string | null
  /** What stood in the way when it failed. */
  refusals: Refusal[]
}

const OPEN: ReadonlySet<ChangeRequestState> = new Set([
  'needs_primary_confirmation',
  'needs_approval',
  'ready',
  'scheduled',
])

/** Whether a request may still come to something. */
export function isOpen({ state }: Pick<ChangeRequest, 'state'>): boolean {
  return OPEN.has(state)
}

/** R25: why the primary has to confirm; empty where nobody has to. A contact is known by the address that it asks from. */
export function confirmationReasons(requester: Contact | undefined, concerns_contract: boolean): ConfirmationReason[] {
  return [
    ...(requester === undefined ? ['requester_not_registered' as const] : []),
    ...(concerns_contract ? ['concerns_contract' as const] : []),
  ]
}

/**
 * R24: the approval of a request after a caller has filed or confirmed it. A caller that may apply requests approves
 * it thereby; another leaves the approval as it was. A request without a day needs none: applying it needs the right.
 */
export function approvalAfter(
  request: Approval & Pick<ChangeRequest, 'effective_on'>,
  { authority, scopes }: Rights,
  now: string,
): Approval {
  if (request.effective_on === null) return NOT_APPROVED
  if (scopes.has(APPLYING_SCOPE)) return { approved_by: authority, approved_at: now }
  return { approved_by: request.approved_by, approved_at: request.approved_at }
}

/**
 * R24, R25: the state of an open request: it waits for the primary's confirmation, then, with a day of its own, for the
 * approval of a client that may apply it, and for that day; without one, until a client applies it.
 */
export function openState(
  request: Approval & Pick<ChangeRequest, 'effective_on' | 'needs_confirmation' | 'confirmation'>,
): ChangeRequestState {
  if (request.needs_confirmation.length > 0 && request.confirmation === null) return 'needs_primary_confirmation'
  if (request.effective_on === null) return 'ready'
  return request.approved_by === null ? 'needs_approval' : 'scheduled'
}

/**
 * What speaks against applying a request on a day, apart from its plan: it has to be confirmed (R25), and one with a
 * day of its own waits for its approval and its day. `primary` is who would confirm.
 */
export function applicationRefusal(
  request: ChangeRequest,
  today: string,
  primary: Contact | undefined,
): Refusal | undefined {
  const { change_request_id, contract_id, state, effective_on } = request
  if (state === 'needs_primary_confirmation')
    return { type: 'confirmation-required', change_request_id, contract_id, ...primaryIdOf(primary) }
  const isDue = state === 'ready' || (state === 'scheduled' && effective_on! <= today)
  return isDue ? undefined : { type: 'state-conflict', change_request_id, state, effective_on }
}

/** R25: only the primary confirms, and only what waits for it. */
export function confirmationRefusal(
  request: ChangeRequest,
  contact_id: string,
  primary: Contact | undefined,
): Refusal | undefined {
  const { change_request_id, contract_id, state, effective_on } = request
  if (state !== 'needs_primary_confirmation') return { type: 'state-conflict', change_request_id, state, effective_on }
  return contact_id === primary?.contact_id
    ? undefined
    : { type: 'confirmation-required', change_request_id, contract_id, ...primaryIdOf(primary) }
}

/**
 * R24: only what waits for an approval is approved. A scheduled request counts as waiting where its approval no longer
 * holds (`stands` is false): its day need not come first.
 */
export function approvalRefusal(
  request: ChangeRequest,
  stands: boolean,
  primary: Contact | undefined,
): Refusal | undefined {
  const { change_request_id, contract_id, state, effective_on } = request
  if (state === 'needs_primary_confirmation')
    return { type: 'confirmation-required', change_request_id, contract_id, ...primaryIdOf(primary) }
  const isWaiting = state === 'needs_approval' || (state === 'scheduled' && !stands)
  return isWaiting ? undefined : { type: 'state-conflict', change_request_id, state, effective_on }
}

/** A request that has come to its end is not decided again. */
export function decisionRefusal(request: ChangeRequest): Refusal | undefined {
  const { change_request_id, state, effective_on } = request
  return isOpen(request) ? undefined : { type: 'state-conflict', change_request_id, state, effective_on }
}

function primaryIdOf(primary: Contact | undefined): { primary_contact_id?: string } {
  return primary === undefined ? {} : { primary_contact_id: primary.contact_id }
}
