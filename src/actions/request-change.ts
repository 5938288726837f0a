import type { ActionContext } from '#actions/support/action-context.ts'
import { assertNotPast, assertReadable, namedRequester } from '#actions/support/asked-change.ts'
import { changeRequestEntry, scheduleChangeRequest, stepOf } from '#actions/support/change-request-record.ts'
import { findRoster } from '#actions/support/find-roster.ts'
import { requestStanding } from '#actions/support/request-standing.ts'
import { withIdempotency, type IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import { previewRoster } from '#actions/preview-roster.ts'
import { insertChangeRequest } from '#db/change-requests.ts'
import { insertHistory } from '#db/history.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import type { Db } from '#db/driver/database.ts'
import { keptOperation, type ChangeOperation } from '#domain/change-operations.ts'
import { filedRequest } from '#domain/change-request-steps.ts'
import { changeRequestView, type ChangeRequestView } from '#domain/change-request-view.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { Asking } from '#domain/requester.ts'
import type { Caller } from '#domain/caller.ts'
import type { Rights } from '#domain/rights.ts'
import type { Roster } from '#domain/roster.ts'

export type RequestedChange = {
  contract_id: string
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
 * client to apply it. Refuses what could never be applied: an unknown contract, contacts of other contracts, names and
 * addresses that cannot be read, a day that has passed; and a requester who may be one of several people. It records
 * what only the rules forbid at this moment, and the plan says so.
 */
export async function requestChange(
  context: ActionContext,
  asked: RequestedChange,
): Promise<IdempotentOutcome<ChangeRequestView>> {
  const { clock, newId } = context
  assertNotPast(asked.effective_on, clock.today())
  return await withIdempotency(context, asked.key, async trx => {
    const roster = await rosterOf(trx, asked.contract_id, clock.today())
    const requested_by = namedRequester(roster, asked.asking)
    const operations = asked.operations.map(keptOperation)
    // As it was sent, so that derived fields are compared.
    const { desired, standing } = requestStanding(context, roster, { ...asked, requested_by })
    assertReadable(desired.refusals)
    const received_at = clock.now()
    const origin = { change_request_id: newId(), received_at, requested_by, filed_by: [asked.rights.authority] }
    const { customer_id } = roster.contract
    const { contract_id, subject, confirm_removals, concerns_contract, effective_on, rights } = asked
    const matter = { contract_id, customer_id, operations, subject, confirm_removals, concerns_contract, effective_on }
    const request = filedRequest(
      { ...origin, ...matter, needs_confirmation: [] },
      { standing, rights, now: received_at },
    )
    const view = changeRequestView(
      request,
      await previewRoster(context, trx, roster, desired, { settled: requested_by }),
    )
    await scheduleChangeRequest(context, trx, request)
    const change = stepOf(request, asked.caller, received_at)
    return {
      value: view,
      statements: [insertChangeRequest(request), insertHistory(change, [changeRequestEntry('received', request)])],
    }
  })
}

/** The contract's roster. The body names the contract, so that an unknown one is an unknown reference. */
async function rosterOf(db: Db, contract_id: string, today: string): Promise<Roster> {
  return await findRoster(db, contract_id, today).catch((error: unknown) => {
    if (!(error instanceof RefusedError)) throw error
    throw new RefusedError({
      type: 'unknown-reference',
      references: [{ pointer: '#/contract_id', resource: 'contract', id: contract_id }],
    })
  })
}
