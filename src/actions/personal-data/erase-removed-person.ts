import { erasePersonalData } from '#actions/personal-data/erase-personal-data.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { BEFORE_ALL, type Due, type DuePage } from '#db/due.ts'
import { listPeopleToErase } from '#db/personal-data/due-erasures.ts'
import { listContactsOfPeople } from '#db/personal-data/personal-data.ts'
import type { Caller } from '#domain/caller.ts'
import { RefusedError } from '#domain/refusal.ts'
import { keptSince } from '#domain/personal-data/retention.ts'

/** The people whose time is over, by a contact of each; none where the operator sets no time. */
export async function listRemovedPeople(context: ActionContext, page: DuePage): Promise<Due[]> {
  const { database, clock, retention } = context
  if (retention.removed_people === null) return []
  return await listPeopleToErase(database, keptSince(retention.removed_people, clock.now()), page)
}

// An erasure reads the whole history, once for all its people. It locks what they had meanwhile, so they are few.
const TOGETHER = 20

/**
 * Erases a person whose time is over, and with this person the next ones (R33). A person who was registered again
 * meanwhile stays, and holds up no other.
 */
export async function eraseRemovedPerson(context: ActionContext, contact_id: string, caller: Caller): Promise<void> {
  const { database, clock } = context
  const contacts = await listContactsOfPeople(database, [contact_id], clock.today())
  if (contacts.find(contact => contact.contact_id === contact_id)?.erased_at != null) return
  const next = await listRemovedPeople(context, { after: { ...BEFORE_ALL, id: contact_id }, limit: TOGETHER - 1 })
  const erase = async (contact_ids: string[]): Promise<unknown> =>
    await erasePersonalData(context, { contact_ids, reason: 'no_longer_needed', caller })
  try {
    await erase([contact_id, ...next.map(({ id }) => id)]).catch(async () => await erase([contact_id]))
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
  }
}
