import type { ActionContext } from '#actions/support/action-context.ts'
import { changeRequestEntry, scheduleChangeRequest } from '#actions/support/change-request-record.ts'
import { findRoster } from '#actions/support/find-roster.ts'
import { withIdempotency, type IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import { viewChangeRequest } from '#actions/view-change-request.ts'
import { lockChangeRequest, updateChangeRequest } from '#db/change-requests.ts'
import { insertHistory } from '#db/history.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import { lockContract } from '#db/roster.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import type { ChangeRequestView } from '#domain/change-request-view.ts'
import {
  confirmationRefusal,
  confirmedState,
  decisionRefusal,
  type ChangeRequest,
  type Confirmation,
} from '#domain/change-request.ts'
import { fullName } from '#domain/person-name.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { Requester } from '#domain/requester.ts'
import { primaryOf } from '#domain/roster.ts'

type Decision = { change_request_id: string; requester: Requester; key?: IdempotencyKey | undefined }

export type ConfirmationInput = Pick<Confirmation, 'contact_id' | 'channel' | 'ticket_number'>

/** Records the primary's confirmation: who, how, and by which client (R25). Refuses everybody who is not the primary now. */
export async function confirmChangeRequest(
  context: ActionContext,
  decision: Decision & { confirmed_by: ConfirmationInput },
): Promise<IdempotentOutcome<ChangeRequestView>> {
  const { confirmed_by, requester } = decision
  return await decide(context, decision, 'confirmed', async (trx, request) => {
    await lockContract(trx, request.contract_id) // nobody hands the role over meanwhile
    const { contacts } = await findRoster(trx, request.contract_id)
    const primary = primaryOf(contacts)
    const refusal = confirmationRefusal(request, confirmed_by.contact_id, primary)
    if (refusal !== undefined) throw new RefusedError(refusal)
    const confirmation = {
      ...confirmed_by,
      name: fullName(primary!),
      confirmed_at: context.clock.now(),
      client: requester.actor,
    }
    const confirmed = { ...request, state: confirmedState(request), confirmation }
    await scheduleChangeRequest(context, trx, confirmed)
    return confirmed
  })
}

/** Support says no, and why. */
export async function rejectChangeRequest(
  context: ActionContext,
  decision: Decision & { reason: string },
): Promise<IdempotentOutcome<ChangeRequestView>> {
  return await close(context, decision, 'rejected', decision.reason)
}

/** The customer no longer wants it. */
export async function withdrawChangeRequest(
  context: ActionContext,
  decision: Decision & { reason: string | null },
): Promise<IdempotentOutcome<ChangeRequestView>> {
  return await close(context, decision, 'withdrawn', decision.reason)
}

async function close(
  context: ActionContext,
  decision: Decision,
  state: 'rejected' | 'withdrawn',
  reason: string | null,
): Promise<IdempotentOutcome<ChangeRequestView>> {
  return await decide(context, decision, state, async (_trx, request) => {
    const refusal = decisionRefusal(request)
    if (refusal !== undefined) throw new RefusedError(refusal)
    return { ...request, state, reason, closed_at: context.clock.now() }
  })
}

async function decide(
  context: ActionContext,
  { change_request_id, requester, key }: Decision,
  step: 'confirmed' | 'rejected' | 'withdrawn',
  next: (trx: Transaction, request: ChangeRequest) => Promise<ChangeRequest>,
): Promise<IdempotentOutcome<ChangeRequestView>> {
  return await withIdempotency(context, key, async trx => {
    const request = await lockChangeRequest(trx, change_request_id)
    if (request === undefined) throw new RefusedError({ type: 'not-found', resource: 'change_request' })
    const decided = await next(trx, request)
    const view = await viewChangeRequest(context, trx, decided)
    const change = { ...requester, change_request_id, occurred_at: context.clock.now() }
    return {
      value: view,
      statements: [updateChangeRequest(decided), insertHistory(change, [changeRequestEntry(step, decided)])],
    }
  })
}
