import type { ActionContext } from '#actions/support/action-context.ts'
import { findRequestRosters } from '#actions/support/change-requests/request-rosters.ts'
import { requestStanding } from '#actions/support/change-requests/request-standing.ts'
import { previewRosters } from '#actions/rosters/preview-roster.ts'
import type { Db } from '#db/driver/database.ts'
import { unconfirmedNow } from '#domain/change-requests/change-request-steps.ts'
import { changeRequestView, type ChangeRequestView } from '#domain/change-requests/change-request-view.ts'
import { isOpen, type ChangeRequest } from '#domain/change-requests/change-request.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { RosterPreview } from '#domain/rosters/roster-preview.ts'
import type { Roster } from '#domain/roster.ts'

/** A request with the plan of this moment, which says so before an operator applies what the rules now forbid. */
export async function viewChangeRequest(
  context: ActionContext,
  db: Db,
  request: ChangeRequest,
): Promise<ChangeRequestView> {
  if (!isOpen(request)) return changeRequestView(request, [])
  const { changes, standing } = await requestStanding(context, db, await rostersOf(context, db, request), request)
  const plans = await previewRosters(context, db, changes, { settled: request.requested_by })
  const unconfirmed = unconfirmedNow(request, standing)
  const withUnconfirmed = ({ contract_id, refusals, ...plan }: RosterPreview): RosterPreview => ({
    ...plan,
    contract_id,
    refusals: [...refusals, ...unconfirmed.filter(refusal => refusal.contract_id === contract_id)],
  })
  return changeRequestView(request, plans.map(withUnconfirmed))
}

/** No rosters if the person of a person change is on no contract any more: then the service can plan nothing. */
async function rostersOf(context: ActionContext, db: Db, request: ChangeRequest): Promise<Roster[]> {
  return await findRequestRosters(context, db, request).catch((error: unknown) => {
    if (request.person_change === null || !(error instanceof RefusedError)) throw error
    return []
  })
}
