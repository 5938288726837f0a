import type { ActionContext } from '#actions/support/action-context.ts'
import { lockRosters } from '#actions/support/rosters/lock-roster.ts'
import { peopleAsNow } from '#actions/support/rosters/people-as-now.ts'
import { planRosterChanges } from '#actions/support/rosters/plan-roster-change.ts'
import {
  successionAmong,
  successionChanges,
  type SuccessionMatter,
} from '#actions/support/contracts/succession-rosters.ts'
import { withIdempotency, type IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import type { Caller } from '#domain/caller.ts'
import { withWarnings, type WithWarnings } from '#domain/name-note.ts'
import { contactsAfter, type RosterPlan } from '#domain/rosters/roster-plan.ts'
import { rosterView, type RosterView } from '#domain/rosters/roster-view.ts'
import { assertSuccessor } from '#domain/contracts/succession.ts'

export type Succession = SuccessionMatter & { caller: Caller; key?: IdempotencyKey | undefined }

/** The roster of the successor, and the contract that it goes on from. */
export type Succeeded = WithWarnings<
  { from_contract_id: string; to_contract_id: string } & Omit<RosterView, 'contract_id'>
>

/**
 * Lets the contacts, roles, duties and accounts of a contract go on under its successor, in one step (R35). Where the
 * successor has fewer seats it is over its limit then, and keeps all contacts (R27).
 */
export async function succeedContract(
  context: ActionContext,
  { caller, key, ...matter }: Succession,
): Promise<IdempotentOutcome<Succeeded>> {
  const { from_contract_id, to_contract_id } = matter
  return await withIdempotency(context, key, async trx => {
    assertSuccessor(from_contract_id, to_contract_id)
    const rosters = await lockRosters(context, trx, [from_contract_id, to_contract_id])
    const { from, to } = successionAmong(rosters, matter)
    const now = await peopleAsNow(context, trx, from.contract, from.contacts)
    const moment = { today: context.clock.today(), newId: context.newId }
    const { plans, statements } = await planRosterChanges(context, trx, {
      ...successionChanges({ from, to, now }, matter.asking, moment),
      caller: { ...caller, source: 'succession' },
    })
    return { value: succeeded(from_contract_id, plans), statements }
  })
}

function succeeded(from_contract_id: string, plans: readonly RosterPlan[]): Succeeded {
  const [to] = plans
  if (to === undefined) throw new Error('a succession has two plans')
  const { contract_id: to_contract_id, ...roster } = rosterView(to.contract, contactsAfter(to))
  return withWarnings({ from_contract_id, to_contract_id, ...roster }, to.warnings)
}
