import type { ActionContext } from '#actions/support/action-context.ts'
import { findPastFacts, listPastContacts, type PastContact } from '#db/history/past.ts'
import { FIRST_UUID } from '#domain/first-uuid.ts'
import { contactView, type ContactView } from '#domain/contact.ts'
import type { ContractPast } from '#domain/contracts/contract-past.ts'
import { nameKey } from '#domain/names/name-keys.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { Role, Unknown } from '#domain/vocabulary.ts'

export type PastMoment = { contract_id: string; as_of: string }

type KnownFacts = Omit<ContractPast, 'seats_used'> & { customer_id: string }
type UnknownFacts = { customer_id: string; not_known: Unknown }

/** The facts of a contract at a moment, or why none are known (R26). Refuses an unknown contract. */
export async function findFactsThen(
  { database, clock }: ActionContext,
  moment: PastMoment,
): Promise<KnownFacts | UnknownFacts> {
  const facts = await findPastFacts(database, moment)
  if (facts === undefined) throw new RefusedError({ type: 'not-found', resource: 'contract' })
  const { customer_id, terms, seats } = facts
  if (moment.as_of > clock.now()) return { customer_id, not_known: 'in_the_future' }
  if (terms === null || seats === null) return { customer_id, not_known: 'before_contract' }
  return { ...facts, customer_id: terms.customer_id, terms, seats }
}

/** Every contact that a contract had at a moment. Seats bound their number. */
export async function listAllContactsThen(context: ActionContext, moment: PastMoment): Promise<ContactView[]> {
  return await listContactsThen(context, moment, {}, { after: FIRST_UUID, limit: null })
}

/** A page of the contacts that a contract had at a moment, as they were answered then. */
export async function listContactsThen(
  { database, clock }: ActionContext,
  moment: PastMoment,
  filter: { role?: Role },
  page: { after: string; limit: number | null },
): Promise<ContactView[]> {
  const then = { ...moment, day: clock.dayOf(moment.as_of) }
  return (await listPastContacts(database, then, filter, page)).map(pastContactView)
}

/** A contact in the fields and the order in which it was answered, with the name as it was derived then. */
function pastContactView({ contact, occurred_at, people, erased_at }: PastContact): ContactView {
  const { name, registered_at } = contact
  const unsaid = {
    privacy_notice_shown_at: registered_at,
    first_registered_at: registered_at,
    carried_from: null,
    updated_at: occurred_at,
  }
  const mailbox_shared = new Set(people.map(nameKey)).size > 1
  const view = { ...contactView({ ...unsaid, ...contact, mailbox_shared }), name }
  return Object.assign(view, erased_at !== null && { erased_at })
}
