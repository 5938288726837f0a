import type { ActionContext } from '#actions/support/action-context.ts'
import { lockRoster } from '#actions/support/rosters/lock-roster.ts'
import { planRosterChange } from '#actions/support/rosters/plan-roster-change.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import { entityTag } from '#domain/entity-tag.ts'
import { withWarnings, type WithWarnings } from '#domain/name-note.ts'
import { assertPreconditions, isMatched, type Preconditions } from '#domain/precondition.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { Caller } from '#domain/caller.ts'
import type { Asking } from '#domain/requester.ts'
import { isWhatRosterSays, readRoster, type RosterInput } from '#domain/rosters/roster-input.ts'
import { contactsAfter } from '#domain/rosters/roster-plan.ts'
import { rosterView, type RosterView } from '#domain/rosters/roster-view.ts'

export type RosterPut = {
  contract_id: string
  input: RosterInput
  preconditions: Preconditions
  asking: Asking
  caller: Caller
}

/**
 * Makes a contract's contacts what the list says, in one step, whatever the order of additions and removals would have
 * been (R10, R11, R24, R27). Demands the entity tag of the roster that the list was made from. Where the roster is
 * another by now and already what the list says, the request is a repeat of one that was applied: nothing changes.
 */
export async function putRoster(context: ActionContext, put: RosterPut): Promise<WithWarnings<RosterView>> {
  const { contract_id, input, preconditions, asking, caller } = put
  if (preconditions.if_match === undefined) throw new RefusedError({ type: 'precondition-required' })
  return await inTransaction(context.database, async trx => {
    const roster = await lockRoster(context, trx, contract_id)
    const present = rosterView(roster.contract, roster.contacts)
    const tag = entityTag(present)
    if (!isMatched(preconditions, tag) && isWhatRosterSays(roster, input, context.newId)) return present
    assertPreconditions(preconditions, tag)
    const desired = readRoster(roster, input, context.newId)
    const { plan, statements } = await planRosterChange(context, trx, { roster, desired, asking, caller })
    await trx.commitWith(...statements)
    const contacts = contactsAfter(plan).toSorted((a, b) => (a.contact_id < b.contact_id ? -1 : 1))
    return withWarnings(rosterView(roster.contract, contacts), plan.warnings)
  })
}
