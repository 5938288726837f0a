import { approvalAfter, othersApproval } from '#domain/change-requests/approval.ts'
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
  type WithdrawnRequest,
} from '#domain/change-requests/change-request.ts'
import {
  assertNotAlone,
  confirmationOf,
  isFiler,
  outstandingReasons,
  shownReasons,
  type ConfirmationInput,
  type Standing,
} from '#domain/change-requests/confirmation.ts'
import { assertConfirmed, confirmationRequired } from '#domain/change-requests/missing-confirmation.ts'
import { RefusedError, type Refusal } from '#domain/refusal.ts'
import { OVERRIDING_SCOPE, type Rights } from '#domain/api-clients/rights.ts'

// The steps of a change request. Each takes the request as it is and returns it as it is after the step, or refuses.
// What the primary has to confirm is judged again at each step, because the roster changes between them (R25).

/** The facts from which the state of an open request follows. */
type Pending = AskedChange & { effective_on: string | null; confirmation: Confirmation | null } & Approval

/** What is asked for, before a primary has confirmed or a client has approved it. */
export type FiledChange = AskedChange & { effective_on: string | null }

/** A client's step, with its rights and the moment. */
type Step = { standing: Standing; rights: Rights; now: string }

/** R24, R25: a request as a client files it. A client that may apply requests approves it thereby. */
export function filedRequest(asked: FiledChange, { standing, rights, now }: Step): OpenChangeRequest {
  const approval = approvalAfter(asked.effective_on, NOT_APPROVED, rights, now)
  return pendingRequest({ ...asked, confirmation: null, confirmations: [], ...approval }, standing)
}

/**
 * R24, R25: an open request that a client changes. Where what is asked, by whom or for which day changes, it is filed
 * again: confirmation and approval are void.
 */
export function changedRequest(
  request: OpenChangeRequest,
  asked: FiledChange,
  { is_filed_again, ...step }: Step & { is_filed_again: boolean },
): OpenChangeRequest {
  const { authority } = step.rights
  const filed_by = isFiler(request, authority) ? request.filed_by : [...request.filed_by, authority]
  if (is_filed_again) return filedRequest({ ...asked, filed_by }, step)
  return pendingRequest({ ...request, ...asked, filed_by }, step.standing)
}

/**
 * R25: a request that the primary, or another person at the customer, has confirmed. Only what waits for it is
 * confirmed. A confirmation approves nothing, but a client that may apply requests approves one by recording it (R24),
 * unless it filed the request itself.
 */
export function confirmedRequest(
  request: ChangeRequest,
  input: ConfirmationInput,
  { standing, rights, now }: Step,
): OpenChangeRequest {
  const present = presentRequest(request, standing)
  if (present === undefined || ![request.state, present.state].includes('needs_primary_confirmation'))
    throw new RefusedError(stateConflict(request))
  const confirmation = confirmationOf(request, input, standing, rights, now)
  const mayAlone = rights.scopes.has(OVERRIDING_SCOPE) || !isFiler(request, rights.authority)
  const approval = mayAlone
    ? approvalAfter(request.effective_on, request, rights, now)
    : othersApproval(request, rights)
  const confirmations = [...present.confirmations, confirmation]
  return pendingRequest({ ...present, confirmation, confirmations, ...approval }, standing)
}

/**
 * R24: a request that is approved for its day. Refuses a request that needs no approval. A scheduled request needs one
 * if its former approval no longer holds, which `approval_holds` says.
 */
export function approvedRequest(
  request: ChangeRequest,
  { standing, approval_holds, rights, now }: Step & { approval_holds: boolean },
): OpenChangeRequest {
  const present = presentRequest(request, standing)
  assertConfirmed(present, standing)
  const needsApproval = present?.state === 'needs_approval' || (present?.state === 'scheduled' && !approval_holds)
  if (!needsApproval) throw new RefusedError(stateConflict(request))
  assertNotAlone(request, rights)
  return pendingRequest({ ...present, ...approvalAfter(present.effective_on, present, rights, now) }, standing)
}

/** R24: a scheduled request whose approval no longer holds waits for another one. */
export function lapsedRequest(request: ScheduledRequest, standing: Standing): OpenChangeRequest {
  return pendingRequest({ ...request, ...NOT_APPROVED }, standing)
}

/**
 * R25: a scheduled request that the primary has to confirm by now, because the roster has changed; undefined where it
 * can be applied.
 */
export function unconfirmedRequest(request: ScheduledRequest, standing: Standing): OpenChangeRequest | undefined {
  const present = pendingRequest(request, standing)
  return present.state === 'needs_primary_confirmation' ? present : undefined
}

/**
 * R24, R25: a request that is applied. It has to be confirmed, and one with a day of its own has to be approved and
 * waits for that day. `rights` are those of the client that applies it, null where the job of its day does.
 */
export function appliedRequest(
  request: ChangeRequest,
  { standing, rights, today, now }: { standing: Standing; rights: Rights | null; today: string; now: string },
): AppliedRequest {
  const present = presentRequest(request, standing)
  assertConfirmed(present, standing)
  const isDue = present?.state === 'ready' || (present?.state === 'scheduled' && present.effective_on <= today)
  if (!isDue) throw new RefusedError(stateConflict(request))
  if (rights !== null) assertNotAlone(request, rights)
  return { ...present, state: 'applied', closed_at: now }
}

/** R25: what prevents a request from being applied though it does not wait for the primary: the roster has changed. */
export function unconfirmedNow(request: OpenChangeRequest, standing: Standing): Refusal[] {
  if (request.state === 'needs_primary_confirmation' || outstandingReasons(request, standing).length === 0) return []
  return confirmationRequired({ ...request, needs_confirmation: shownReasons(request, standing) }, standing)
}

/** R24: a scheduled request that the rules forbid on its day, with their refusals. */
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

/** An open request in the state that it has by now; undefined for one that is closed. */
function presentRequest(request: ChangeRequest, standing: Standing): OpenChangeRequest | undefined {
  return isOpen(request) ? pendingRequest(request, standing) : undefined
}

/** R24, R25: an open request in the state that its confirmation, its day and its approval lead to. */
function pendingRequest(request: Pending, standing: Standing): OpenChangeRequest {
  const { confirmation, effective_on } = request
  const needs_confirmation = shownReasons(request, standing)
  const open = { ...request, needs_confirmation, closed_at: null, reason: null, refusals: [] as [] }
  if (outstandingReasons(request, standing).length > 0)
    return {
      ...open,
      state: 'needs_primary_confirmation',
      confirmation: null,
      confirmations: standing.contracts === undefined ? [] : request.confirmations,
    }
  if (effective_on === null) return { ...open, state: 'ready', effective_on, confirmation, ...NOT_APPROVED }
  if (open.approved_by === null) return { ...open, state: 'needs_approval', effective_on }
  return { ...open, state: 'scheduled', effective_on }
}

function stateConflict({ change_request_id, state, effective_on }: ChangeRequest): Refusal {
  return { type: 'state-conflict', change_request_id, state, effective_on }
}
