import type { ActionContext } from '#actions/support/action-context.ts'
import { changeRequestEntry } from '#actions/support/change-requests/change-request-record.ts'
import { scheduleChangeRequest, stepOf } from '#actions/support/change-requests/change-request-schedule.ts'
import { againWherePersonMoved } from '#actions/support/rosters/lock-person.ts'
import { lockRequest, type LockedRequest } from '#actions/support/change-requests/lock-request.ts'
import { planRosterChanges } from '#actions/support/rosters/plan-roster-change.ts'
import { requestStanding } from '#actions/support/change-requests/request-standing.ts'
import { holdsScopeNow } from '#actions/support/api-clients/rights-now.ts'
import { withIdempotency, type IdempotentOutcome, type UncommittedWrite } from '#actions/support/with-idempotency.ts'
import { lockChangeRequest, updateChangeRequest } from '#db/change-requests/change-requests.ts'
import { insertHistory } from '#db/history/history.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import type { Statement } from '#db/driver/statement.ts'
import { inTransaction, type Transaction } from '#db/driver/transaction.ts'
import { APPLYING_SCOPE } from '#domain/change-requests/approval.ts'
import {
  appliedRequest,
  failedRequest,
  lapsedRequest,
  unconfirmedRequest,
} from '#domain/change-requests/change-request-steps.ts'
import { changeRequestView, type ChangeRequestView } from '#domain/change-requests/change-request-view.ts'
import type { ChangeRequest, ScheduledRequest } from '#domain/change-requests/change-request.ts'
import { RefusedError, type Refusal } from '#domain/refusal.ts'
import type { Caller } from '#domain/caller.ts'
import type { Rights } from '#domain/api-clients/rights.ts'

export type Application = {
  change_request_id: string
  caller: Caller
  rights: Rights
  key?: IdempotencyKey | undefined
}

/**
 * Applies a request: its operations as one change, planned again on the roster of this moment (R24). Refuses a request
 * that is not confirmed (R25), and with every reason what the rules forbid; the request then stays as it was.
 */
export async function applyChangeRequest(
  context: ActionContext,
  { change_request_id, caller, rights, key }: Application,
): Promise<IdempotentOutcome<ChangeRequestView>> {
  const applyOnce = async (trx: Transaction) => {
    const request = await lockChangeRequest(trx, change_request_id)
    if (request === undefined) throw new RefusedError({ type: 'not-found', resource: 'change_request' })
    return await apply(context, trx, { request, locked: await lockRequest(context, trx, request), caller, rights })
  }
  return await againWherePersonMoved(async () => await withIdempotency(context, key, applyOnce))
}

/**
 * Applies a scheduled request when its day has come, with the rights that the client that approved it has then. If it
 * has lost them, the request waits for another approval, and where the roster has changed so that the primary has to
 * confirm it, for that. A request that the rules forbid fails, with the reasons.
 * Several jobs may run this, also at once: a request that is no longer scheduled stays as it is.
 */
export async function applyScheduledRequest(
  context: ActionContext,
  change_request_id: string,
  caller: Caller,
): Promise<void> {
  try {
    const applyOnce = async (trx: Transaction) => {
      const request = await lockChangeRequest(trx, change_request_id)
      if (request?.state !== 'scheduled') return
      if (request.effective_on > context.clock.today()) return await scheduleChangeRequest(context, trx, request)
      await trx.commitWith(...(await applyOrLapse(context, trx, request, caller)))
    }
    await againWherePersonMoved(async () => await inTransaction(context.database, applyOnce))
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    await fail(context, change_request_id, caller, error.refusals)
  }
}

/** The statements that apply a request, or that return it for another confirmation or approval. */
async function applyOrLapse(
  context: ActionContext,
  trx: Transaction,
  request: ScheduledRequest,
  caller: Caller,
): Promise<readonly Statement<unknown>[]> {
  const holds = await holdsScopeNow(context, trx, request.approved_by, APPLYING_SCOPE)
  const locked = await lockRequest(context, trx, request)
  const { standing } = await requestStanding(context, trx, locked.rosters, request)
  const unconfirmed = unconfirmedRequest(request, standing)
  if (holds && unconfirmed === undefined)
    return (await apply(context, trx, { request, locked, caller, rights: null })).statements
  const change = stepOf(request, caller, context.clock.now())
  if (unconfirmed !== undefined)
    return [
      updateChangeRequest(unconfirmed),
      insertHistory(change, [changeRequestEntry('confirmation_lapsed', unconfirmed, request)]),
    ]
  const lapsed = lapsedRequest(request, standing)
  return [updateChangeRequest(lapsed), insertHistory(change, [changeRequestEntry('approval_lapsed', lapsed, request)])]
}

/** A request to apply to locked rosters; `rights` are null where the job of its day does it. */
type Applying = { request: ChangeRequest; locked: LockedRequest; caller: Caller; rights: Rights | null }

async function apply(
  context: ActionContext,
  trx: Transaction,
  { request, locked, caller, rights }: Applying,
): Promise<UncommittedWrite<ChangeRequestView>> {
  const { change_request_id } = request
  const { clock } = context
  const now = clock.now()
  const { changes, standing } = await requestStanding(context, trx, locked.rosters, request)
  const applied = appliedRequest(request, { standing, rights, today: clock.today(), now })
  const { statements } = await planRosterChanges(context, trx, {
    changes,
    accounts: locked.accounts,
    asking: { settled: request.requested_by },
    caller: { ...caller, source: 'change_request', change_request_id },
  })
  return {
    value: changeRequestView(applied, []),
    statements: [
      ...statements,
      updateChangeRequest(applied),
      insertHistory(stepOf(request, caller, now), [changeRequestEntry('applied', applied, request)]),
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
    await trx.commitWith(
      updateChangeRequest(failed),
      insertHistory(change, [changeRequestEntry('failed', failed, request)]),
    )
  })
}
