import type { HistoryEntry } from '#db/history/history.ts'
import { changeRequestRecord } from '#domain/change-requests/change-request-view.ts'
import type { ChangeRequest } from '#domain/change-requests/change-request.ts'

type Step =
  | 'received'
  | 'confirmed'
  | 'confirmation_lapsed'
  | 'approved'
  | 'approval_lapsed'
  | 'applied'
  | 'rejected'
  | 'withdrawn'
  | 'failed'
  | 'erased'

/** The record of a step of a change request: the request before it, where that is known, and after it (R37). */
export function changeRequestEntry(
  step: Step,
  after: ChangeRequest,
  before: ChangeRequest | null = null,
): HistoryEntry {
  return {
    event: `change_request.${step}`,
    subject_id: after.change_request_id,
    ...placeOf(after),
    before: before === null ? null : changeRequestRecord(before),
    after: changeRequestRecord(after),
  }
}

/** The record that a request was changed, and in which fields. */
export function requestChangedEntry(
  before: ChangeRequest,
  after: ChangeRequest,
  changed_fields: readonly string[],
): HistoryEntry {
  return {
    event: 'change_request.changed',
    subject_id: before.change_request_id,
    ...placeOf(after),
    before: changeRequestRecord(before),
    after: { ...changeRequestRecord(after), changed_fields },
  }
}

/** R36: the record that a request went along to another customer. What was decided stays of its contract. */
export function requestMovedEntry(request: ChangeRequest, customer_id: string): HistoryEntry {
  return requestChangedEntry(request, { ...request, customer_id }, ['customer_id'])
}

/** R36: the record that a request went with its contract, which was deleted. */
export function requestDeletedEntry(request: ChangeRequest): HistoryEntry {
  return {
    event: 'change_request.deleted',
    subject_id: request.change_request_id,
    ...placeOf(request),
    before: changeRequestRecord(request),
  }
}

/** A request of a person change is of no contract alone. */
function placeOf({ contract_id, customer_id }: ChangeRequest) {
  return { ...(contract_id !== null && { contract_id }), customer_id }
}
