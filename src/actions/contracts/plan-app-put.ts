import type { ActionContext } from '#actions/support/action-context.ts'
import { planSeatLimits } from '#actions/support/contracts/plan-seat-limits.ts'
import { findApp } from '#db/contracts/catalogue.ts'
import type { CataloguePlan } from '#domain/contracts/catalogue-plan.ts'
import type { App } from '#domain/contracts/catalogue.ts'
import { entityTag } from '#domain/entity-tag.ts'
import { assertPreconditions, type Preconditions } from '#domain/precondition.ts'

/** Which contracts a changed app or option would move, and which would be newly over their limit (R6, R27). */
export async function planAppPut(
  { database }: ActionContext,
  { app: { app_id, kind }, preconditions }: { app: Omit<App, 'updated_at'>; preconditions: Preconditions },
): Promise<CataloguePlan> {
  const before = await findApp(database, app_id)
  assertPreconditions(preconditions, before === undefined ? null : entityTag(before))
  return await planSeatLimits(database, { app_id }, contract => ({
    ...contract,
    app_kinds: { ...contract.app_kinds, [app_id]: kind },
  }))
}
