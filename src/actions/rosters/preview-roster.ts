import type { ActionContext } from '#actions/support/action-context.ts'
import { paired } from '#actions/support/paired.ts'
import { planDesiredRosters, type Asked, type RosterChange } from '#actions/support/rosters/plan-roster-change.ts'
import type { Db } from '#db/driver/database.ts'
import { listAddressAccounts } from '#db/rosters/roster.ts'
import type { DesiredRoster } from '#domain/desired-roster.ts'
import type { Asking, Settled } from '#domain/requester.ts'
import { rosterPreviews, type RosterPreview } from '#domain/rosters/roster-preview.ts'
import { addressesToPlan } from '#domain/roster-step.ts'
import type { Roster } from '#domain/roster.ts'

/** Says what a desired roster would change at this moment, and every rule that it breaks. Locks and writes nothing. */
export async function previewRoster(
  context: ActionContext,
  db: Db,
  roster: Roster,
  desired: DesiredRoster,
  asking: Asking | Settled,
): Promise<RosterPreview> {
  const [preview] = await previewRosters(context, db, [{ roster, desired }], asking)
  if (preview === undefined) throw new Error('a change of one contract has one preview')
  return preview
}

/** Says the same of several contracts of one customer that would change together, in the order of the changes. */
export async function previewRosters(
  context: ActionContext,
  db: Db,
  changes: readonly Omit<RosterChange, 'formerTerm'>[],
  asking: Asking | Settled,
  person_change?: Asked['person_change'],
): Promise<RosterPreview[]> {
  const today = context.clock.today()
  const contract_ids = changes.map(({ roster }) => roster.contract.contract_id)
  const addresses = addressesToPlan(changes.map(({ roster, desired }) => ({ roster, desired: desired.contacts })))
  const accounts = await listAddressAccounts(db, addresses, contract_ids, today)
  const plans = planDesiredRosters(context, changes, accounts, { asking, person_change })
  return rosterPreviews(
    paired(changes, plans).map(([{ roster }, plan]) => ({ roster, plan })),
    accounts,
    today,
  )
}
