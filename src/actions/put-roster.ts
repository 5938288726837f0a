import type { ActionContext } from '#actions/support/action-context.ts'
import { findRoster } from '#actions/support/find-roster.ts'
import { lockRoster } from '#actions/support/lock-roster.ts'
import { planRosterChange } from '#actions/support/plan-roster-change.ts'
import { previewRoster } from '#actions/preview-roster.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import type { DesiredRoster } from '#domain/desired-roster.ts'
import { entityTag } from '#domain/entity-tag.ts'
import { withWarnings, type WithWarnings } from '#domain/name-note.ts'
import { assertPreconditions, type Preconditions } from '#domain/precondition.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { Requester } from '#domain/requester.ts'
import { readRoster, type RosterInput } from '#domain/roster-input.ts'
import { contactsAfter } from '#domain/roster-plan.ts'
import type { RosterPreview } from '#domain/roster-preview.ts'
import { rosterView, type RosterView } from '#domain/roster-view.ts'
import type { Roster } from '#domain/roster.ts'

export type RosterPut = { contract_id: string; input: RosterInput; preconditions: Preconditions; requester: Requester }

/**
 * Makes a contract's contacts what the list says, in one step, whatever the order of adds and removals would have
 * been (R10, R11, R24, R27). Demands the entity tag of the roster that the list was made from.
 */
export async function putRoster(context: ActionContext, put: RosterPut): Promise<WithWarnings<RosterView>> {
  const { contract_id, requester } = put
  return await inTransaction(context.database, async trx => {
    const roster = await lockRoster(context, trx, contract_id)
    const desired = readPut(context, roster, put)
    const { plan, statements } = await planRosterChange(context, trx, { roster, desired, requester })
    await trx.commitWith(...statements)
    const contacts = contactsAfter(plan).toSorted((a, b) => (a.contact_id < b.contact_id ? -1 : 1))
    return withWarnings(rosterView(roster.contract, contacts), plan.warnings)
  })
}

/** What the same PUT would change at this moment, and every rule that it breaks. Changes nothing. */
export async function planRosterPut(context: ActionContext, put: RosterPut): Promise<RosterPreview> {
  const { database } = context
  const roster = await findRoster(database, put.contract_id)
  return await previewRoster(context, database, roster, readPut(context, roster, put))
}

function readPut({ newId }: ActionContext, roster: Roster, { input, preconditions }: RosterPut): DesiredRoster {
  if (preconditions.if_match === undefined) throw new RefusedError({ type: 'precondition-required' })
  assertPreconditions(preconditions, entityTag(rosterView(roster.contract, roster.contacts)))
  return readRoster(roster, input, newId)
}
