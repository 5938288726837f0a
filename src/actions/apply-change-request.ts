import type { ActionContext } from '#actions/support/action-context.ts'
import {
  approvalLapsedEntry,
  changeRequestEntry,
  scheduleChangeRequest,
} from '#actions/support/change-request-record.ts'
import { lockRoster } from '#actions/support/lock-roster.ts'
import { planRosterChange } from '#actions/support/plan-roster-change.ts'
import { holdsScopeNow } from '#actions/support/rights-now.ts'
import { withIdempotency, type IdempotentOutcome, type UncommittedWrite } from '#actions/support/with-idempotency.ts'
import { lockChangeRequest, updateChangeRequest } from '#db/change-requests.ts'
import { insertHistory } from '#db/history.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import { inTransaction, type Transaction } from '#db/driver/transaction.ts'
import { readOperations } from '#domain/change-operations.ts'
import { changeRequestView, type ChangeRequestView } from '#domain/change-request-view.ts'
import { APPLYING_SCOPE, applicationRefusal, NOT_APPROVED, type ChangeRequest } from '#domain/change-request.ts'
import { RefusedError, type Refusal } from '#domain/refusal.ts'
import type { Requester } from '#domain/requester.ts'
import { primaryOf } from '#domain/roster.ts'

export type Application = { change_request_id: string; requester: Requester; key?: IdempotencyKey | undefined }

/**
 * Applies a request: its operations as one change, planned anew on what is there now (R24). Refuses what is not
 * confirmed (R25), and with every reason what the rules forbid; the request then stays as it was.
 */
export async function applyChangeRequest(
  context: ActionContext,
  { change_request_id, requester, key }: Application,
): Promise<IdempotentOutcome<ChangeRequestView>> {
  return await withIdempotency(context, key, async trx => {
    const request = await lockChangeRequest(trx, change_request_id)
    if (request === undefined) throw new RefusedError({ type: 'not-found', resource: 'change_request' })
    return await apply(context, trx, request, requester)
  })
}

/**
 * Applies a scheduled request when its day has come, with the rights that the client that approved it has then: where
 * it has none, the request waits for another approval. What the rules forbid fails with its reasons, and changes
 * nothing. May be run again and by several at once: whatever is no longer scheduled is left alone.
 */
export async function applyScheduledRequest(
  context: ActionContext,
  change_request_id: string,
  requester: Requester,
): Promise<void> {
  try {
    await inTransaction(context.database, async trx => {
      const request = await lockChangeRequest(trx, change_request_id)
      if (request?.state !== 'scheduled') return
      if (request.effective_on! > context.clock.today()) return await scheduleChangeRequest(context, trx, request)
      if (!(await holdsScopeNow(context, trx, request.approved_by!, APPLYING_SCOPE)))
        return await askForApproval(context, trx, request, requester)
      const { statements } = await apply(context, trx, request, requester)
      await trx.commitWith(...statements)
    })
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    await fail(context, change_request_id, requester, error.refusals)
  }
}

/** The client that approved a request may no longer apply it: it waits for another approval, which history says why. */
async function askForApproval(
  { clock }: ActionContext,
  trx: Transaction,
  request: ChangeRequest,
  requester: Requester,
): Promise<void> {
  const { change_request_id } = request
  const waiting: ChangeRequest = { ...request, ...NOT_APPROVED, state: 'needs_approval' }
  await trx.commitWith(
    updateChangeRequest(waiting),
    insertHistory({ ...requester, change_request_id, occurred_at: clock.now() }, [
      approvalLapsedEntry(request, waiting),
    ]),
  )
}

async function apply(
  context: ActionContext,
  trx: Transaction,
  request: ChangeRequest,
  requester: Requester,
): Promise<UncommittedWrite<ChangeRequestView>> {
  const { change_request_id, contract_id, operations } = request
  const asker = { ...requester, change_request_id }
  const applied: ChangeRequest = { ...request, state: 'applied', closed_at: context.clock.now() }
  const roster = await lockRoster(context, trx, contract_id)
  const refusal = applicationRefusal(request, context.clock.today(), primaryOf(roster.contacts))
  if (refusal !== undefined) throw new RefusedError(refusal)
  const desired = readOperations(roster, operations, context.newId)
  const { statements } = await planRosterChange(context, trx, { roster, desired, requester: asker })
  return {
    value: changeRequestView(applied, null),
    statements: [
      ...statements,
      updateChangeRequest(applied),
      insertHistory({ ...asker, occurred_at: applied.closed_at! }, [changeRequestEntry('applied', applied)]),
    ],
  }
}

/** Unless somebody has decided the request meanwhile, it fails with what stood in its way. */
async function fail(
  context: ActionContext,
  change_request_id: string,
  requester: Requester,
  refusals: readonly Refusal[],
): Promise<void> {
  await inTransaction(context.database, async trx => {
    const request = await lockChangeRequest(trx, change_request_id)
    if (request?.state !== 'scheduled') return
    const failed: ChangeRequest = {
      ...request,
      state: 'failed',
      closed_at: context.clock.now(),
      refusals: [...refusals],
    }
    await trx.commitWith(
      updateChangeRequest(failed),
      insertHistory({ ...requester, change_request_id, occurred_at: failed.closed_at! }, [
        changeRequestEntry('failed', failed),
      ]),
    )
  })
}
