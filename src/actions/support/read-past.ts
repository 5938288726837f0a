import type { ActionContext } from '#actions/support/action-context.ts'
import { findPastFacts, listPastContacts } from '#db/past.ts'
import { contactView, type Contact, type ContactView } from '#domain/contact.ts'
import { pastContractView, type ContractPast } from '#domain/contract-past.ts'
import type { ContractView } from '#domain/contract.ts'
import { RefusedError } from '#domain/refusal.ts'
import { seatCount } from '#domain/roster-preview.ts'
import type { RosterView } from '#domain/roster-view.ts'
import type { Role, Unknown } from '#domain/vocabulary.ts'

export type PastMoment = { contract_id: string; as_of: string }

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'

/** A contract as it was answered at a moment (R26). Refuses a moment at which nothing was known of it. */
export async function findPastContract(context: ActionContext, moment: PastMoment): Promise<ContractView> {
  const facts = await knownFacts(context, moment)
  if ('not_known' in facts) throw new RefusedError({ type: 'not-found', resource: 'contract' })
  const contacts = await everybody(context, moment)
  return pastContractView({ ...facts, seats_used: contacts.length }, context.clock.dayOf(moment.as_of))
}

/** A page of the contacts that a contract had at a moment, or why nothing is known of that moment. */
export async function listContactsThen(
  context: ActionContext,
  moment: PastMoment,
  filter: { role?: Role },
  page: { after: string; limit: number },
): Promise<ContactView[] | Unknown> {
  const facts = await knownFacts(context, moment)
  return 'not_known' in facts
    ? facts.not_known
    : (await listPastContacts(context.database, moment, filter, page)).map(shown)
}

/** The roster of a contract at a moment; without seats and contacts, and saying why, where nothing is known of it. */
export async function findPastRoster(context: ActionContext, moment: PastMoment): Promise<RosterView | UnknownRoster> {
  const facts = await knownFacts(context, moment)
  const { contract_id } = moment
  const { customer_id } = facts
  if ('not_known' in facts) return { contract_id, customer_id, seats: null, contacts: [], not_known: facts.not_known }
  const contacts = await everybody(context, moment)
  return { contract_id, customer_id, seats: seatCount(facts.seats.seats.limit, contacts.length), contacts }
}

export type UnknownRoster = { contract_id: string; customer_id: string; seats: null; contacts: []; not_known: Unknown }

type KnownFacts = Omit<ContractPast, 'seats_used'> & { customer_id: string }

async function knownFacts(
  { database, clock }: ActionContext,
  moment: PastMoment,
): Promise<KnownFacts | { customer_id: string; not_known: Unknown }> {
  const facts = await findPastFacts(database, moment)
  if (facts === undefined) throw new RefusedError({ type: 'not-found', resource: 'contract' })
  if (moment.as_of > clock.now()) return { customer_id: facts.customer_id, not_known: 'in_the_future' }
  const { terms, seats } = facts
  return terms === null || seats === null
    ? { customer_id: facts.customer_id, not_known: 'before_contract' }
    : { ...facts, terms, seats }
}

async function everybody({ database }: ActionContext, moment: PastMoment): Promise<ContactView[]> {
  return (await listPastContacts(database, moment, {}, { after: BEFORE_ALL, limit: null })).map(shown)
}

/** The fields in the order in which they were answered; the name as it was derived then. */
function shown(contact: ContactView): ContactView {
  return { ...contactView(contact as unknown as Contact), name: contact.name }
}
