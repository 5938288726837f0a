import type { ActionContext } from '#actions/support/action-context.ts'
import {
  assertNotPast,
  assertReadable,
  customerOf,
  namedRequester,
} from '#actions/support/change-requests/asked-change.ts'
import { changeRequestEntry } from '#actions/support/change-requests/change-request-record.ts'
import { scheduleChangeRequest, stepOf } from '#actions/support/change-requests/change-request-schedule.ts'
import { lockRequestRosters } from '#actions/support/change-requests/request-rosters.ts'
import { requestStanding } from '#actions/support/change-requests/request-standing.ts'
import { withIdempotency, type IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import { previewRosters } from '#actions/rosters/preview-roster.ts'
import { insertChangeRequest } from '#db/change-requests/change-requests.ts'
import { insertHistory } from '#db/history/history.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import { keptOperation, type ChangeOperation } from '#domain/change-requests/change-operations.ts'
import { filedRequest } from '#domain/change-requests/change-request-steps.ts'
import { changeRequestView, type ChangeRequestView } from '#domain/change-requests/change-request-view.ts'
import { keptPersonChange, type AskedPersonChange } from '#domain/change-requests/person-change.ts'
import type { Asking } from '#domain/requester.ts'
import type { Caller } from '#domain/caller.ts'
import type { Rights } from '#domain/api-clients/rights.ts'

export type RequestedChange = {
  contract_id: string | null
  person_change: AskedPersonChange | null
  concerns_contract: boolean
  effective_on: string | null
  operations: readonly ChangeOperation[]
  subject: string | null
  confirm_removals: number | null
  asking: Asking
  caller: Caller
  rights: Rights
  key?: IdempotencyKey | undefined
}

/**
 * Records what a customer asks for, and who asks (R25): it waits for the primary, for an approval and its day, or for a
 * client to apply it. Refuses what could never be applied: an unknown contract or person, contacts of other contracts,
 * names and addresses that cannot be read, a day that has passed; and a requester who may be one of several people. It
 * records what only the rules forbid at this moment, and the plan says so.
 */
export async function requestChange(
  context: ActionContext,
  asked: RequestedChange,
): Promise<IdempotentOutcome<ChangeRequestView>> {
  const { clock, newId } = context
  assertNotPast(asked.effective_on, clock.today())
  return await withIdempotency(context, asked.key, async trx => {
    const rosters = await lockRequestRosters(context, trx, asked)
    const requested_by = namedRequester(rosters, asked.asking)
    const operations = asked.operations.map(keptOperation)
    const person_change = asked.person_change === null ? null : keptPersonChange(asked.person_change)
    // As it was sent, so that derived fields are compared.
    const { changes, standing } = await requestStanding(context, trx, rosters, { ...asked, requested_by })
    assertReadable(changes.flatMap(({ desired }) => desired.refusals))
    const received_at = clock.now()
    const origin = { change_request_id: newId(), received_at, requested_by, filed_by: [asked.rights.authority] }
    const { contract_id, subject, confirm_removals, concerns_contract, effective_on, rights } = asked
    const place = { contract_id, customer_id: customerOf(rosters), person_change }
    const matter = { operations, subject, confirm_removals, concerns_contract, effective_on }
    const request = filedRequest(
      { ...origin, ...place, ...matter, needs_confirmation: [], confirmations: [] },
      { standing, rights, now: received_at },
    )
    const plans = await previewRosters(context, trx, changes, { settled: requested_by })
    const view = changeRequestView(request, plans)
    await scheduleChangeRequest(context, trx, request)
    const change = stepOf(request, asked.caller, received_at)
    return {
      value: view,
      statements: [insertChangeRequest(request), insertHistory(change, [changeRequestEntry('received', request)])],
    }
  })
}
