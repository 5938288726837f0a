import { requestChange, type RequestedChange } from '#actions/change-requests/request-change.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { PERSON_CHANGE_PLACE } from '#actions/support/change-requests/request-standing.ts'
import type { IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import type { ChangeRequestView } from '#domain/change-requests/change-request-view.ts'
import type { AskedPersonChange } from '#domain/change-requests/person-change.ts'
import { placedAtRoot } from '#domain/refusal-places.ts'
import { RefusedError, type Refusal } from '#domain/refusal.ts'

export type RequestedPersonChange = Pick<RequestedChange, 'effective_on' | 'asking' | 'caller' | 'rights' | 'key'> & {
  change: AskedPersonChange
}

/**
 * Records a person change for a later day as the change request that it is (R34). What speaks against it points into
 * the person change, which is what the client has sent; the plan of the request points into the request.
 */
export async function requestPersonChange(
  context: ActionContext,
  { change, ...asked }: RequestedPersonChange,
): Promise<IdempotentOutcome<ChangeRequestView>> {
  return await requestChange(context, { ...OPEN, ...asked, person_change: change }).catch((error: unknown) => {
    if (!(error instanceof RefusedError)) throw error
    const [first, ...others] = error.refusals
    const placed = new RefusedError(placedInBody(first), ...others.map(placedInBody))
    placed.replayed = error.replayed
    throw placed
  })
}

function placedInBody(refusal: Refusal): Refusal {
  return placedAtRoot(refusal, PERSON_CHANGE_PLACE)
}

/** What a change request of a person change leaves open. */
const OPEN = {
  contract_id: null,
  operations: [],
  subject: null,
  confirm_removals: null,
  concerns_contract: false,
} as const
