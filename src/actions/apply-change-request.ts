import type { ActionContext } from '#actions/support/action-context.ts'
import {
  approvalLapsedEntry,
  changeRequestEntry,
  scheduleChangeRequest,
  stepOf,
} from '#actions/support/change-request-record.ts'
import { lockRoster } from '#actions/support/lock-roster.ts'
import { planRosterChange } from '#actions/support/plan-roster-change.ts'
import { holdsScopeNow } from '#actions/support/rights-now.ts'
import { withIdempotency, type IdempotentOutcome, type UncommittedWrite } from '#actions/support/with-idempotency.ts'
import { lockChangeRequest, updateChangeRequest } from '#db/change-requests.ts'
import { insertHistory } from '#db/history.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import type { Statement } from '#db/driver/statement.ts'
import { inTransaction, type Transaction } from '#db/driver/transaction.ts'
import { readOperations } from '#domain/change-operations.ts'
import { APPLYING_SCOPE, appliedRequest, failedRequest, lapsedRequest } from '#domain/change-request-steps.ts'
import { changeRequestView, type ChangeRequestView } from '#domain/change-request-view.ts'
import type { ChangeRequest, ScheduledRequest } from '#domain/change-request.ts'
import { RefusedError, type Refusal } from '#domain/refusal.ts'
import type { Caller } from '#domain/caller.ts'
import { primaryOf } from '#domain/roster.ts'

export type Application = { change_request_id: string; caller: Caller; key?: IdempotencyKey | undefined }

/**
 * Applies a request: its operations as one change, planned again on the roster of this moment (R24). Refuses a request
 * that is not confirmed (R25), and with every reason what the rules forbid; the request then stays as it was.
 */
export async function applyChangeRequest(
  context: ActionContext,
  { change_request_id, caller, key }: Application,
): Promise<IdempotentOutcome<ChangeRequestView>> {
  return await withIdempotency(context, key, async trx => {
    const request = await lockChangeRequest(trx, change_request_id)
    if (request === undefined) throw new RefusedError({ type: 'not-found', resource: 'change_request' })
    return await apply(context, trx, request, caller)
  })
}

/**
 * Applies a scheduled request when its day has come, with the rights that the client that approved it has then. If it
 * has lost them, the request waits for another approval. A request that the rules forbid fails, with the reasons.
 * Several jobs may run this, also at once: a request that is no longer scheduled stays as it is.
 */
export async function applyScheduledRequest(
  context: ActionContext,
  change_request_id: string,
  caller: Caller,
): Promise<void> {
  try {
    await inTransaction(context.database, async trx => {
      const request = await lockChangeRequest(trx, change_request_id)
      if (request?.state !== 'scheduled') return
      if (request.effective_on > context.clock.today()) return await scheduleChangeRequest(context, trx, request)
      await trx.commitWith(...(await applyOrLapse(context, trx, request, caller)))
    })
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    await fail(context, change_request_id, caller, error.refusals)
  }
}

/** The statements that apply a request, or that return it for another approval. */
async function applyOrLapse(
  context: ActionContext,
  trx: Transaction,
  request: ScheduledRequest,
  caller: Caller,
): Promise<readonly Statement<unknown>[]> {
  if (await holdsScopeNow(context, trx, request.approved_by, APPLYING_SCOPE))
    return (await apply(context, trx, request, caller)).statements
  const lapsed = lapsedRequest(request)
  const change = stepOf(request, caller, context.clock.now())
  return [updateChangeRequest(lapsed), insertHistory(change, [approvalLapsedEntry(request, lapsed)])]
}

async function apply(
  context: ActionContext,
  trx: Transaction,
  request: ChangeRequest,
  caller: Caller,
): Promise<UncommittedWrite<ChangeRequestView>> {
  const { change_request_id, contract_id } = request
  const { clock, newId } = context
  const now = clock.now()
  const roster = await lockRoster(context, trx, contract_id)
  const applied = appliedRequest(request, { primary: primaryOf(roster.contacts), today: clock.today(), now })
  const desired = readOperations(roster, request, newId)
  const { statements } = await planRosterChange(context, trx, {
    roster,
    desired,
    asking: { settled: request.requested_by },
    caller: { ...caller, source: 'change_request', change_request_id },
  })
  return {
    value: changeRequestView(applied, null),
    statements: [
      ...statements,
      updateChangeRequest(applied),
      insertHistory(stepOf(request, caller, now), [changeRequestEntry('applied', applied)]),
    ],
  }
}

/** Records what prevented a request on its day, unless a client has decided the request since. */
async function fail(
  { database, clock }: ActionContext,
  change_request_id: string,
  caller: Caller,
  refusals: readonly Refusal[],
): Promise<void> {
  await inTransaction(database, async trx => {
    const request = await lockChangeRequest(trx, change_request_id)
    if (request?.state !== 'scheduled') return
    const failed = failedRequest(request, refusals, clock.now())
    const change = stepOf(request, caller, failed.closed_at)
    await trx.commitWith(updateChangeRequest(failed), insertHistory(change, [changeRequestEntry('failed', failed)]))
  })
}
