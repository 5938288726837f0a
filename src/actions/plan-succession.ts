import { previewRosters } from '#actions/preview-roster.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { findRosters } from '#actions/support/find-roster.ts'
import { findPeopleAsNow } from '#actions/support/people-as-now.ts'
import { successionAmong, successionChanges, type SuccessionMatter } from '#actions/support/succession-rosters.ts'
import type { RosterPreview } from '#domain/roster-preview.ts'
import { assertSuccessor } from '#domain/succession.ts'

/** Says what a succession would do now to both contracts, and every rule that it breaks. Changes nothing. */
export async function planSuccession(context: ActionContext, matter: SuccessionMatter): Promise<RosterPreview[]> {
  const { database, clock, newId } = context
  const { from_contract_id, to_contract_id } = matter
  assertSuccessor(from_contract_id, to_contract_id)
  const rosters = await findRosters(database, [from_contract_id, to_contract_id], clock.today())
  const { from, to } = successionAmong(rosters, matter)
  const now = await findPeopleAsNow(context, database, from.contract, from.contacts)
  const { changes, asking } = successionChanges({ from, to, now }, matter.asking, { today: clock.today(), newId })
  return await previewRosters(context, database, changes, asking)
}
