import type { ActionContext } from '#actions/support/action-context.ts'
import { findRoster } from '#actions/support/rosters/find-roster.ts'
import { previewRoster } from '#actions/rosters/preview-roster.ts'
import { entityTag } from '#domain/entity-tag.ts'
import { assertPreconditions, type Preconditions } from '#domain/precondition.ts'
import type { Asking } from '#domain/requester.ts'
import { readRoster, type RosterInput } from '#domain/rosters/roster-input.ts'
import type { RosterPreview } from '#domain/rosters/roster-preview.ts'
import { rosterView } from '#domain/rosters/roster-view.ts'

export type RosterPlanning = { contract_id: string; input: RosterInput; preconditions: Preconditions; asking: Asking }

/**
 * Says what a PUT of the list would change at this moment, and every rule that it breaks. Changes nothing. If the
 * request has the entity tag of the roster that the list was made from, it is compared.
 */
export async function planRosterPut(
  context: ActionContext,
  { contract_id, input, preconditions, asking }: RosterPlanning,
): Promise<RosterPreview> {
  const { database, clock, newId } = context
  const roster = await findRoster(database, contract_id, clock.today())
  assertPreconditions(preconditions, entityTag(rosterView(roster.contract, roster.contacts)))
  return await previewRoster(context, database, roster, readRoster(roster, input, newId), asking)
}
