import type { ActionContext } from '#actions/support/action-context.ts'
import { planDesired, desiredOf, type Wish } from '#actions/support/change-roster.ts'
import type { Db } from '#db/driver/database.ts'
import { findAddressAccounts, findRosterContract, listRoster } from '#db/roster.ts'
import { RefusedError } from '#domain/refusal.ts'
import { addressesToPlan } from '#domain/roster-plan.ts'
import { rosterPreview, type RosterPreview } from '#domain/roster-preview.ts'
import type { Roster } from '#domain/roster.ts'

/** A contract with its present contacts, to look at. Refuses a contract that is not there. */
export async function findRoster(db: Db, contract_id: string): Promise<Roster> {
  const [contract, contacts] = await Promise.all([findRosterContract(db, contract_id), listRoster(db, contract_id)])
  if (contract === undefined) throw new RefusedError({ type: 'not-found', resource: 'contract' })
  return { contract, contacts }
}

/** What a wish would do at this moment, and everything in its way. Locks nothing and changes nothing. */
export async function previewRoster(
  context: ActionContext,
  db: Db,
  roster: Roster,
  wish: ReturnType<Wish>,
): Promise<RosterPreview> {
  const today = context.clock.today()
  const accounts = await findAddressAccounts(
    db,
    addressesToPlan(roster, desiredOf(wish), false),
    roster.contract.contract_id,
    today,
  )
  return rosterPreview(roster, planDesired(context, roster, wish, accounts), accounts, today)
}
