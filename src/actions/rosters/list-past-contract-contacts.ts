import type { ActionContext } from '#actions/support/action-context.ts'
import { findFactsThen, listContactsThen, type PastMoment } from '#actions/support/history/past-facts.ts'
import type { ContactView } from '#domain/contact.ts'
import type { Role, Unknown } from '#domain/vocabulary.ts'

/** A page of the contacts that a contract had at a moment (R26), or why nothing is known of that moment. */
export async function listPastContractContacts(
  context: ActionContext,
  moment: PastMoment,
  filter: { role?: Role },
  page: { after: string; limit: number },
): Promise<ContactView[] | Unknown> {
  const facts = await findFactsThen(context, moment)
  if ('not_known' in facts) return facts.not_known
  return await listContactsThen(context, moment, filter, page)
}
