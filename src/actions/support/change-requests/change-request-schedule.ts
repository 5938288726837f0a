import type { ActionContext } from '#actions/support/action-context.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import type { Caller, Change } from '#domain/caller.ts'
import type { ChangeRequest } from '#domain/change-requests/change-request.ts'

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
