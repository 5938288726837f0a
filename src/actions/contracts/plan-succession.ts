import { previewRosters } from '#actions/rosters/preview-roster.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { findRosters } from '#actions/support/rosters/find-roster.ts'
import { findPeopleAsNow } from '#actions/support/rosters/people-as-now.ts'
import {
  successionAmong,
  successionChanges,
  type SuccessionMatter,
} from '#actions/support/contracts/succession-rosters.ts'
import type { RosterPreview } from '#domain/rosters/roster-preview.ts'
import { assertSuccessor } from '#domain/contracts/succession.ts'

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
