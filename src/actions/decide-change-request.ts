import type { ActionContext } from '#actions/support/action-context.ts'
import { changeRequestEntry, scheduleChangeRequest } from '#actions/support/change-request-record.ts'
import { findRoster } from '#actions/support/find-roster.ts'
import { holdsScopeNow } from '#actions/support/rights-now.ts'
import { withIdempotency, type IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import { viewChangeRequest } from '#actions/view-change-request.ts'
import { lockChangeRequest, updateChangeRequest } from '#db/change-requests.ts'
import { insertHistory } from '#db/history.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import { lockContract } from '#db/roster.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import type { ChangeRequestView } from '#domain/change-request-view.ts'
import {
  APPLYING_SCOPE,
  approvalAfter,
  approvalRefusal,
  confirmationRefusal,
  decisionRefusal,
  openState,
  type ChangeRequest,
  type Confirmation,
} from '#domain/change-request.ts'
import { fullName } from '#domain/person-name.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { Requester } from '#domain/requester.ts'
import type { Rights } from '#domain/rights.ts'
import { primaryOf } from '#domain/roster.ts'

type Decision = { change_request_id: string; requester: Requester; key?: IdempotencyKey | undefined }

export type ConfirmationInput = Pick<Confirmation, 'contact_id' | 'channel' | 'ticket_number'>

/**
 * Records the primary's confirmation: who, how, and by which client (R25). Refuses everybody who is not the primary now.
 * The confirmation itself approves nothing: a request with a day then waits for an approval, unless it has one.
 */
export async function confirmChangeRequest(
  context: ActionContext,
  decision: Decision & { confirmed_by: ConfirmationInput; rights: Rights },
): Promise<IdempotentOutcome<ChangeRequestView>> {
  const { confirmed_by, requester, rights } = decision
  return await decide(context, decision, 'confirmed', async (trx, request) => {
    await lockContract(trx, request.contract_id) // nobody hands the role over meanwhile
    const { contacts } = await findRoster(trx, request.contract_id)
    const primary = primaryOf(contacts)
    const refusal = confirmationRefusal(request, confirmed_by.contact_id, primary)
    if (refusal !== undefined) throw new RefusedError(refusal)
    const confirmed_at = context.clock.now()
    const confirmation = { ...confirmed_by, name: fullName(primary!), confirmed_at, client: requester.actor }
    const confirmed = { ...request, confirmation, ...approvalAfter(request, rights, confirmed_at) }
    return await openedRequest(context, trx, confirmed)
  })
}

/**
 * Approves that a request is applied on its day, with the rights of the client that approves it (R24). Where the day
 * has passed meanwhile, its job runs at once. Refuses what does not wait for an approval.
 */
export async function approveChangeRequest(
  context: ActionContext,
  decision: Decision & { rights: Rights },
): Promise<IdempotentOutcome<ChangeRequestView>> {
  return await decide(context, decision, 'approved', async (trx, request) => {
    const { approved_by } = request
    const stands = approved_by !== null && (await holdsScopeNow(context, trx, approved_by, APPLYING_SCOPE))
    const { contacts } = await findRoster(trx, request.contract_id)
    const refusal = approvalRefusal(request, stands, primaryOf(contacts))
    if (refusal !== undefined) throw new RefusedError(refusal)
    const approved = { ...request, ...approvalAfter(request, decision.rights, context.clock.now()) }
    return await openedRequest(context, trx, approved)
  })
}

/** An open request in the state that its confirmation and approval lead to, with its job where that is `scheduled`. */
async function openedRequest(context: ActionContext, trx: Transaction, request: ChangeRequest): Promise<ChangeRequest> {
  const opened = { ...request, state: openState(request) }
  await scheduleChangeRequest(context, trx, opened)
  return opened
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
  step: 'confirmed' | 'approved' | 'rejected' | 'withdrawn',
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
