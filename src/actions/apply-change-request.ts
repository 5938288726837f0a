import type { ActionContext, Requester } from '#actions/support/action-context.ts'
import { changeRequestEntry, scheduleChangeRequest } from '#actions/support/change-request-record.ts'
import { changeRoster } from '#actions/support/change-roster.ts'
import { withIdempotency, type Keep, type IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import { lockChangeRequest, updateChangeRequest } from '#db/change-requests.ts'
import { insertHistory } from '#db/history.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import { inTransaction, type Transaction } from '#db/driver/transaction.ts'
import { readOperations } from '#domain/change-operations.ts'
import { changeRequestView, type ChangeRequestView } from '#domain/change-request-view.ts'
import { applicationRefusal, type ChangeRequest } from '#domain/change-request.ts'
import { RefusedError, type Refusal } from '#domain/refusal.ts'
import type { Roster } from '#domain/roster.ts'

export type Application = { change_request_id: string; requester: Requester; key?: IdempotencyKey | undefined }

/**
 * Applies a request: its operations as one change, planned anew on what is there now (R24). Refuses what is not
 * confirmed (R25), and with every reason what the rules forbid; the request then stays as it was.
 */
export async function applyChangeRequest(
  context: ActionContext,
  { change_request_id, requester, key }: Application,
): Promise<IdempotentOutcome<ChangeRequestView>> {
  return await withIdempotency(context, key, async (trx, keep) => {
    const request = await lockChangeRequest(trx, change_request_id)
    if (request === undefined) throw new RefusedError({ type: 'not-found', resource: 'change_request' })
    return await apply(context, trx, request, requester, keep)
  })
}

/**
 * Applies a scheduled request when its day has come. What the rules forbid then fails with its reasons, and changes
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
      await apply(context, trx, request, requester, () => [])
    })
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    await fail(context, change_request_id, requester, error.refusals)
  }
}

async function apply(
  context: ActionContext,
  trx: Transaction,
  request: ChangeRequest,
  requester: Requester,
  keep: Keep<ChangeRequestView>,
): Promise<ChangeRequestView> {
  const { change_request_id, contract_id, operations } = request
  const asker = { ...requester, change_request_id }
  const applied: ChangeRequest = { ...request, state: 'applied', closed_at: context.clock.now() }
  const view = changeRequestView(applied, null)
  const wish = (roster: Roster) => {
    const refusal = applicationRefusal(
      request,
      context.clock.today(),
      roster.contacts.find(contact => contact.role === 'primary'),
    )
    if (refusal !== undefined) throw new RefusedError(refusal)
    return readOperations(roster, operations, context.newId)
  }
  await changeRoster(context, trx, { contract_id, requester: asker, wish }, () => [
    updateChangeRequest(applied),
    insertHistory({ ...asker, occurred_at: applied.closed_at! }, [changeRequestEntry('applied', applied)]),
    ...keep(view),
  ])
  return view
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
