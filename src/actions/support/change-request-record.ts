import type { ActionContext } from '#actions/support/action-context.ts'
import type { HistoryEntry } from '#db/history.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import type { Caller, Change } from '#domain/caller.ts'
import type { ChangeRequest } from '#domain/change-request.ts'

/** The record of a step of a change request. The request itself says who asked, and for what. */
export function changeRequestEntry(
  step: 'received' | 'confirmed' | 'approved' | 'applied' | 'rejected' | 'withdrawn' | 'failed' | 'erased',
  request: ChangeRequest,
): HistoryEntry {
  const { change_request_id, state, effective_on, confirmations, reason } = request
  const after = {
    state,
    effective_on,
    ...(step === 'confirmed' && { confirmation: confirmations.at(-1) ?? null }),
    ...(APPROVING_STEPS.has(step) && approvalOf(request)),
    ...(reason !== null && { reason }),
  }
  return { event: `change_request.${step}`, subject_id: change_request_id, ...placeOf(request), after }
}

/** The record that an approval no longer holds, because the client that gave it may no longer apply requests. */
export function approvalLapsedEntry(before: ChangeRequest, after: ChangeRequest): HistoryEntry {
  const { change_request_id } = before
  return {
    event: 'change_request.approval_lapsed',
    subject_id: change_request_id,
    ...placeOf(before),
    before: { state: before.state, ...approvalOf(before) },
    after: { state: after.state, ...approvalOf(after) },
  }
}

/** The record that the primary has to confirm a scheduled request by now, because the roster has changed (R25). */
export function confirmationLapsedEntry(before: ChangeRequest, after: ChangeRequest): HistoryEntry {
  const { change_request_id } = before
  return {
    event: 'change_request.confirmation_lapsed',
    subject_id: change_request_id,
    ...placeOf(before),
    before: { state: before.state, needs_confirmation: before.needs_confirmation },
    after: { state: after.state, needs_confirmation: after.needs_confirmation },
  }
}

/** The record that a request was changed: which fields, whose texts stay in the request itself. */
export function requestChangedEntry(
  before: ChangeRequest,
  after: ChangeRequest,
  changed_fields: readonly string[],
): HistoryEntry {
  const { change_request_id } = before
  return {
    event: 'change_request.changed',
    subject_id: change_request_id,
    ...placeOf(before),
    before: { state: before.state, effective_on: before.effective_on, ...approvalOf(before) },
    after: { state: after.state, effective_on: after.effective_on, ...approvalOf(after), changed_fields },
  }
}

/** A request of a person change is of no contract alone. */
function placeOf({ contract_id, customer_id }: ChangeRequest) {
  return { ...(contract_id !== null && { contract_id }), customer_id }
}

// A caller that may apply requests approves one by filing it and by recording its confirmation, too.
const APPROVING_STEPS: ReadonlySet<string> = new Set(['received', 'confirmed', 'approved'])

function approvalOf({ approved_by, approved_at }: ChangeRequest) {
  return { approved_by, approved_at }
}

/** A step of a request as history records it: by which caller, and who asked for the change (R25). */
export function stepOf(
  { change_request_id, requested_by }: ChangeRequest,
  caller: Caller,
  occurred_at: string,
): Change {
  return { ...caller, change_request_id, requested_by, occurred_at }
}

/** Sends the job that applies a scheduled request when its day starts. */
export async function scheduleChangeRequest(
  { clock, enqueue }: ActionContext,
  trx: Transaction,
  request: ChangeRequest,
): Promise<void> {
  if (request.state !== 'scheduled') return
  const { change_request_id: id, effective_on } = request
  await enqueue(trx, { queue: 'apply-change-request', id, start_at: clock.startOf(effective_on) })
}
