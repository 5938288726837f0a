import type { ActionContext } from '#actions/support/action-context.ts'
import { lockErasure } from '#actions/support/personal-data/erasure-work.ts'
import { findChangeRequest, updateChangeRequest } from '#db/change-requests/change-requests.ts'
import type { Due, DuePage } from '#db/due.ts'
import { listRequestsToErase, lockRequestToErase } from '#db/personal-data/due-erasures.ts'
import { listHistoryOfRequest, updateRequestErased } from '#db/personal-data/request-erasure.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import { updateHistoryRedacted, type RedactedEntry } from '#db/personal-data/erasures.ts'
import { insertHistory } from '#db/history/history.ts'
import type { Caller } from '#domain/caller.ts'
import { changeRequestRecord } from '#domain/change-requests/change-request-view.ts'
import type { ChangeRequest } from '#domain/change-requests/change-request.ts'
import { redactionRecord } from '#domain/history/history-chain.ts'
import { withoutPeople } from '#domain/personal-data/person-redaction.ts'
import { keptSince } from '#domain/personal-data/retention.ts'

/** The rejected requests of people who are no contacts whose time is over. */
export async function listRejectedRequests(context: ActionContext, page: DuePage): Promise<Due[]> {
  return await listRequestsToErase(context.database, lastMoment(context), page)
}

/**
 * Erases what a request said that was rejected, and whose requester is no contact (R33): names, addresses and notes
 * leave it and its history. Ids, times and the decision stay.
 */
export async function eraseRejectedRequest(
  context: ActionContext,
  change_request_id: string,
  caller: Caller,
): Promise<void> {
  await inTransaction(context.database, async trx => {
    await lockErasure(trx, [])
    const isDue = await lockRequestToErase(trx, { change_request_id, until: lastMoment(context) })
    const request = isDue && (await findChangeRequest(trx, change_request_id))
    if (request === undefined) return
    const entries = (await listHistoryOfRequest(trx, request)).flatMap(redactedEntry)
    const redacted = await updateHistoryRedacted(trx, entries)
    const now = context.clock.now()
    const emptied = emptiedRequest(request)
    const after = {
      ...changeRequestRecord(emptied),
      erased_at: now,
      erasure_reason: 'no_longer_needed',
      ...redactionRecord(redacted.map(({ history_id, digest }) => ({ id: history_id, digest }))),
    }
    const { contract_id, customer_id } = request
    const place = { ...(contract_id !== null && { contract_id }), customer_id }
    await trx.commitWith(
      updateChangeRequest(emptied),
      updateRequestErased(change_request_id, now),
      insertHistory({ ...caller, change_request_id, occurred_at: now }, [
        { event: 'change_request.erased', subject_id: change_request_id, ...place, after },
      ]),
    )
  })
}

function lastMoment({ clock, retention }: ActionContext): string {
  return keptSince(retention.rejected_requests, clock.now())
}

function redactedEntry({ history_id, ...said }: RedactedEntry): RedactedEntry[] {
  const left = withoutPeople(said, 'null')
  return JSON.stringify(left) === JSON.stringify(said) ? [] : [{ history_id, ...left }]
}

function emptiedRequest(request: ChangeRequest): ChangeRequest {
  const { operations, person_change, requested_by, confirmation, confirmations, subject, reason } = request
  const said = { operations, person_change, requested_by, confirmation, confirmations, subject, reason }
  return { ...request, ...withoutPeople(said, 'word') } as ChangeRequest // the state is the same, and so is what is set
}
