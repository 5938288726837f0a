import {
  isOpen,
  NOT_APPROVED,
  type AppliedRequest,
  type Approval,
  type AskedChange,
  type ChangeRequest,
  type Confirmation,
  type FailedRequest,
  type OpenChangeRequest,
  type RejectedRequest,
  type ScheduledRequest,
  type UnapprovedRequest,
  type WithdrawnRequest,
} from '#domain/change-request.ts'
import type { Contact } from '#domain/contact.ts'
import { fullName } from '#domain/person-name.ts'
import { RefusedError, type Refusal } from '#domain/refusal.ts'
import type { Rights } from '#domain/rights.ts'

// The steps of a change request. Each takes the request as it is and returns it as it is after the step, or refuses.

/** The scope that a client needs to apply a request, or to approve that a job applies it later. */
export const APPLYING_SCOPE = 'contacts:write'

export type ConfirmationInput = Pick<Confirmation, 'contact_id' | 'channel' | 'ticket'>

/** The facts from which the state of an open request follows. */
type Pending = AskedChange & { effective_on: string | null; confirmation: Confirmation | null } & Approval

/** R24, R25: a request as a client files it. A client that may apply requests approves it thereby. */
export function filedRequest(
  asked: AskedChange & { effective_on: string | null },
  rights: Rights,
  now: string,
): OpenChangeRequest {
  return pendingRequest({
    ...asked,
    confirmation: null,
    ...approvalAfter(asked.effective_on, NOT_APPROVED, rights, now),
  })
}

/**
 * R25: a request that the primary has confirmed, and the record of that. Only the primary confirms, and only what needs
 * it. A confirmation approves nothing, but a client that may apply requests approves one by recording it (R24).
 */
export function confirmedRequest(
  request: ChangeRequest,
  confirmed_by: ConfirmationInput,
  { primary, client, rights, now }: { primary: Contact | undefined; client: string; rights: Rights; now: string },
): OpenChangeRequest {
  if (request.state !== 'needs_primary_confirmation') throw new RefusedError(stateConflict(request))
  if (primary?.contact_id !== confirmed_by.contact_id) throw new RefusedError(confirmationRequired(request, primary))
  const confirmation = { ...confirmed_by, name: fullName(primary), confirmed_at: now, client }
  return pendingRequest({ ...request, confirmation, ...approvalAfter(request.effective_on, request, rights, now) })
}

/**
 * R24: a request that is approved for its day. Refuses a request that needs no approval. A scheduled request needs one
 * if its former approval no longer holds, which `approval_holds` says.
 */
export function approvedRequest(
  request: ChangeRequest,
  {
    primary,
    approval_holds,
    rights,
    now,
  }: {
    primary: Contact | undefined
    approval_holds: boolean
    rights: Rights
    now: string
  },
): OpenChangeRequest {
  if (request.state === 'needs_primary_confirmation') throw new RefusedError(confirmationRequired(request, primary))
  const needsApproval = request.state === 'needs_approval' || (request.state === 'scheduled' && !approval_holds)
  if (!needsApproval) throw new RefusedError(stateConflict(request))
  return pendingRequest({ ...request, ...approvalAfter(request.effective_on, request, rights, now) })
}

/** R24: a scheduled request whose approval no longer holds waits for another one. */
export function lapsedRequest(request: ScheduledRequest): UnapprovedRequest {
  return { ...request, state: 'needs_approval', ...NOT_APPROVED }
}

/**
 * R24, R25: a request that is applied. It has to be confirmed, and one with a day of its own has to be approved and
 * waits for that day. `primary` is the contact that would confirm.
 */
export function appliedRequest(
  request: ChangeRequest,
  { primary, today, now }: { primary: Contact | undefined; today: string; now: string },
): AppliedRequest {
  if (request.state === 'needs_primary_confirmation') throw new RefusedError(confirmationRequired(request, primary))
  const isDue = request.state === 'ready' || (request.state === 'scheduled' && request.effective_on <= today)
  if (!isDue) throw new RefusedError(stateConflict(request))
  return { ...request, state: 'applied', closed_at: now }
}

/** R24: a scheduled request that the rules forbid on its day, with what stood in its way. */
export function failedRequest(request: ScheduledRequest, refusals: readonly Refusal[], now: string): FailedRequest {
  return { ...request, state: 'failed', refusals: [...refusals], closed_at: now }
}

/** R24: an open request that support rejects. */
export function rejectedRequest(request: ChangeRequest, reason: string, now: string): RejectedRequest {
  if (!isOpen(request)) throw new RefusedError(stateConflict(request))
  return { ...request, state: 'rejected', reason, closed_at: now }
}

/** R24: an open request that the customer withdraws. */
export function withdrawnRequest(request: ChangeRequest, reason: string | null, now: string): WithdrawnRequest {
  if (!isOpen(request)) throw new RefusedError(stateConflict(request))
  return { ...request, state: 'withdrawn', reason, closed_at: now }
}

/** R24: the approval after a step of a client: its own if it may apply requests, else the former one. */
function approvalAfter(
  effective_on: string | null,
  former: Approval,
  { authority, scopes }: Rights,
  now: string,
): Approval {
  if (effective_on === null) return NOT_APPROVED // applying it needs the right anyway
  if (scopes.has(APPLYING_SCOPE)) return { approved_by: authority, approved_at: now }
  return former.approved_by === null
    ? NOT_APPROVED
    : { approved_by: former.approved_by, approved_at: former.approved_at }
}

/** R24, R25: an open request in the state that its confirmation, its day and its approval lead to. */
function pendingRequest(request: Pending): OpenChangeRequest {
  const { needs_confirmation, confirmation, effective_on } = request
  const open = { ...request, closed_at: null, reason: null, refusals: [] as [] }
  if (needs_confirmation.length > 0 && confirmation === null)
    return { ...open, state: 'needs_primary_confirmation', confirmation }
  if (effective_on === null) return { ...open, state: 'ready', effective_on, ...NOT_APPROVED }
  if (open.approved_by === null) return { ...open, state: 'needs_approval', effective_on }
  return { ...open, state: 'scheduled', effective_on }
}

function confirmationRequired(
  { change_request_id, contract_id, needs_confirmation }: AskedChange,
  primary: Contact | undefined,
): Refusal {
  const primary_contact_id = primary?.contact_id
  return {
    type: 'confirmation-required',
    change_request_id,
    contract_id,
    needs_confirmation,
    ...(primary_contact_id !== undefined && { primary_contact_id }),
  }
}

function stateConflict({ change_request_id, state, effective_on }: ChangeRequest): Refusal {
  return { type: 'state-conflict', change_request_id, state, effective_on }
}
