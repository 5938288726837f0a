import type { ActionContext } from '#actions/support/action-context.ts'
import type { HistoryEntry } from '#db/history.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import type { ChangeRequest } from '#domain/change-request.ts'

/** The record of a step of a change request. Who asked, and for what, stands in the request itself. */
export function changeRequestEntry(
  step: 'received' | 'confirmed' | 'applied' | 'rejected' | 'withdrawn' | 'failed',
  request: ChangeRequest,
): HistoryEntry {
  const { change_request_id, contract_id, customer_id, state, effective_on, confirmation, reason } = request
  const after = {
    state,
    effective_on,
    ...(step === 'confirmed' && { confirmation }),
    ...(reason !== null && { reason }),
  }
  return { event: `change_request.${step}`, subject_id: change_request_id, contract_id, customer_id, after }
}

/** Sees to it that a request with a day of its own is applied when that day starts. */
export async function scheduleChangeRequest(
  { clock, enqueue }: ActionContext,
  trx: Transaction,
  { change_request_id, state, effective_on }: ChangeRequest,
): Promise<void> {
  if (state === 'scheduled')
    await enqueue(trx, { queue: 'apply-change-request', id: change_request_id, start_at: clock.startOf(effective_on!) })
}
