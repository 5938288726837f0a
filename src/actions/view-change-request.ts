import type { ActionContext } from '#actions/support/action-context.ts'
import { findRoster } from '#actions/support/find-roster.ts'
import { requestStanding } from '#actions/support/request-standing.ts'
import { previewRoster } from '#actions/preview-roster.ts'
import type { Db } from '#db/driver/database.ts'
import { unconfirmedNow } from '#domain/change-request-steps.ts'
import { changeRequestView, type ChangeRequestView } from '#domain/change-request-view.ts'
import { isOpen, type ChangeRequest } from '#domain/change-request.ts'

/** A request with the plan of this moment, which says so before an operator applies what the rules now forbid. */
export async function viewChangeRequest(
  context: ActionContext,
  db: Db,
  request: ChangeRequest,
): Promise<ChangeRequestView> {
  if (!isOpen(request)) return changeRequestView(request, null)
  const roster = await findRoster(db, request.contract_id, context.clock.today())
  const { desired, standing } = requestStanding(context, roster, request)
  const plan = await previewRoster(context, db, roster, desired, { settled: request.requested_by })
  return changeRequestView(request, { ...plan, refusals: [...plan.refusals, ...unconfirmedNow(request, standing)] })
}
