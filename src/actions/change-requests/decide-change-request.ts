import type { ActionContext } from '#actions/support/action-context.ts'
import { changeRequestEntry } from '#actions/support/change-requests/change-request-record.ts'
import { scheduleChangeRequest, stepOf } from '#actions/support/change-requests/change-request-schedule.ts'
import {
  findRequestContracts,
  findRequestRosters,
  IN_NO_FIELD,
} from '#actions/support/change-requests/request-rosters.ts'
import { requestStanding } from '#actions/support/change-requests/request-standing.ts'
import { holdsScopeNow } from '#actions/support/api-clients/rights-now.ts'
import { withIdempotency, type IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import { viewChangeRequest } from '#actions/change-requests/view-change-request.ts'
import { lockChangeRequest, updateChangeRequest } from '#db/change-requests/change-requests.ts'
import { insertHistory } from '#db/history/history.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import { lockContracts } from '#db/rosters/roster.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import type { ChangeRequestView } from '#domain/change-requests/change-request-view.ts'
import { APPLYING_SCOPE } from '#domain/change-requests/approval.ts'
import {
  approvedRequest,
  confirmedRequest,
  rejectedRequest,
  withdrawnRequest,
} from '#domain/change-requests/change-request-steps.ts'
import type { ChangeRequest } from '#domain/change-requests/change-request.ts'
import type { ConfirmationInput } from '#domain/change-requests/confirmation.ts'
import { assertOneOfTags, type Preconditions } from '#domain/precondition.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { Caller } from '#domain/caller.ts'
import type { Rights } from '#domain/api-clients/rights.ts'

/** The request that the client has seen, by its entity tags, one for each language. */
type Seen = { preconditions: Preconditions; tagsOf: (view: ChangeRequestView) => readonly string[] }

type Decision = { change_request_id: string; caller: Caller; key?: IdempotencyKey | undefined }

/**
 * Records the confirmation of the primary, or of another person at the customer (R25). Each primary confirms a person
 * change for the own contracts. A client that says which version it has seen confirms no other. The locks of the
 * contracts keep hand-overs of the role waiting.
 */
export async function confirmChangeRequest(
  context: ActionContext,
  decision: Decision & Seen & { confirmation: ConfirmationInput; rights: Rights },
): Promise<IdempotentOutcome<ChangeRequestView>> {
  const { confirmation, rights, preconditions, tagsOf } = decision
  return await decide(context, decision, 'confirmed', async (trx, request) => {
    if (preconditions.if_match !== undefined)
      assertOneOfTags(preconditions, tagsOf(await viewChangeRequest(context, trx, request)))
    await lockContracts(trx, await findRequestContracts(context, trx, request, IN_NO_FIELD))
    const rosters = await findRequestRosters(context, trx, request, IN_NO_FIELD)
    const { standing } = await requestStanding(context, trx, rosters, request)
    const confirmed = confirmedRequest(request, confirmation, { standing, rights, now: context.clock.now() })
    await scheduleChangeRequest(context, trx, confirmed)
    return confirmed
  })
}

/**
 * Approves that a request is applied on its day, with the rights of the client that approves it (R24). If the day has
 * passed by now, its job runs at once.
 */
export async function approveChangeRequest(
  context: ActionContext,
  decision: Decision & { rights: Rights },
): Promise<IdempotentOutcome<ChangeRequestView>> {
  const { rights } = decision
  return await decide(context, decision, 'approved', async (trx, request) => {
    const { approved_by } = request
    const approval_holds = approved_by !== null && (await holdsScopeNow(context, trx, approved_by, APPLYING_SCOPE))
    const rosters = await findRequestRosters(context, trx, request, IN_NO_FIELD)
    const { standing } = await requestStanding(context, trx, rosters, request)
    const approved = approvedRequest(request, { standing, approval_holds, rights, now: context.clock.now() })
    await scheduleChangeRequest(context, trx, approved)
    return approved
  })
}

/** Records that support rejects a request, and why. */
export async function rejectChangeRequest(
  context: ActionContext,
  decision: Decision & { reason: string },
): Promise<IdempotentOutcome<ChangeRequestView>> {
  return await decide(context, decision, 'rejected', async (_trx, request) =>
    rejectedRequest(request, decision.reason, context.clock.now()),
  )
}

/** Records that the customer withdraws a request. */
export async function withdrawChangeRequest(
  context: ActionContext,
  decision: Decision & { reason: string | null },
): Promise<IdempotentOutcome<ChangeRequestView>> {
  return await decide(context, decision, 'withdrawn', async (_trx, request) =>
    withdrawnRequest(request, decision.reason, context.clock.now()),
  )
}

async function decide(
  context: ActionContext,
  { change_request_id, caller, key }: Decision,
  step: 'confirmed' | 'approved' | 'rejected' | 'withdrawn',
  next: (trx: Transaction, request: ChangeRequest) => Promise<ChangeRequest>,
): Promise<IdempotentOutcome<ChangeRequestView>> {
  return await withIdempotency(context, key, async trx => {
    const request = await lockChangeRequest(trx, change_request_id)
    if (request === undefined) throw new RefusedError({ type: 'not-found', resource: 'change_request' })
    const decided = await next(trx, request)
    const view = await viewChangeRequest(context, trx, decided)
    const change = stepOf(request, caller, context.clock.now())
    return {
      value: view,
      statements: [updateChangeRequest(decided), insertHistory(change, [changeRequestEntry(step, decided, request)])],
    }
  })
}
