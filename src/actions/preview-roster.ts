import type { ActionContext } from '#actions/support/action-context.ts'
import { planDesiredRoster } from '#actions/support/plan-roster-change.ts'
import type { Db } from '#db/driver/database.ts'
import { listAddressAccounts } from '#db/roster.ts'
import type { DesiredRoster } from '#domain/desired-roster.ts'
import { addressesToPlan } from '#domain/roster-plan.ts'
import { rosterPreview, type RosterPreview } from '#domain/roster-preview.ts'
import type { Roster } from '#domain/roster.ts'

/** Says what a desired roster would change at this moment, and every rule that it breaks. Locks and writes nothing. */
export async function previewRoster(
  context: ActionContext,
  db: Db,
  roster: Roster,
  desired: DesiredRoster,
): Promise<RosterPreview> {
  const today = context.clock.today()
  const addresses = addressesToPlan(roster, desired.contacts, false)
  const accounts = await listAddressAccounts(db, addresses, roster.contract.contract_id, today)
  return rosterPreview(roster, planDesiredRoster(context, { roster, desired, accounts }), accounts, today)
}
