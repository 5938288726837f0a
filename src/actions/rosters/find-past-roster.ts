import type { ActionContext } from '#actions/support/action-context.ts'
import { findFactsThen, listAllContactsThen, type PastMoment } from '#actions/support/history/past-facts.ts'
import type { RosterView } from '#domain/rosters/roster-view.ts'
import { seatCount } from '#domain/contracts/seat-limit.ts'
import type { Unknown } from '#domain/vocabulary.ts'

/** The roster of a contract at a moment of which nothing is known, and why. */
export type UnknownRoster = { contract_id: string; customer_id: string; seats: null; contacts: []; not_known: Unknown }

/** The roster of a contract as it was answered at a moment (R26); without seats and contacts where nothing is known. */
export async function findPastRoster(context: ActionContext, moment: PastMoment): Promise<RosterView | UnknownRoster> {
  const facts = await findFactsThen(context, moment)
  const { contract_id } = moment
  const { customer_id } = facts
  if ('not_known' in facts) return { contract_id, customer_id, seats: null, contacts: [], not_known: facts.not_known }
  const contacts = await listAllContactsThen(context, moment)
  return { contract_id, customer_id, seats: seatCount(facts.seats.seats.limit, contacts.length), contacts }
}
