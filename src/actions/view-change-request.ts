import type { ActionContext } from '#actions/support/action-context.ts'
import { findRoster } from '#actions/support/find-roster.ts'
import { previewRoster } from '#actions/preview-roster.ts'
import type { Db } from '#db/driver/database.ts'
import { readOperations } from '#domain/change-operations.ts'
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
  return changeRequestView(
    request,
    await previewRoster(context, db, roster, readOperations(roster, request, context.newId), {
      settled: request.requested_by,
    }),
  )
}
