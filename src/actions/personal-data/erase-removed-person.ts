import { erasePersonalData } from '#actions/personal-data/erase-personal-data.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import type { Due, DuePage } from '#db/due.ts'
import { listPeopleToErase } from '#db/personal-data/due-erasures.ts'
import type { Caller } from '#domain/caller.ts'
import { RefusedError } from '#domain/refusal.ts'
import { keptSince } from '#domain/personal-data/retention.ts'

/** The people whose time is over, by a contact of each; none where the operator sets no time. */
export async function listRemovedPeople(context: ActionContext, page: DuePage): Promise<Due[]> {
  const { database, clock, retention } = context
  if (retention.removed_people === null) return []
  return await listPeopleToErase(database, keptSince(retention.removed_people, clock.now()), page)
}

/** Erases a person whose time is over (R33). A person who was registered again meanwhile stays. */
export async function eraseRemovedPerson(context: ActionContext, contact_id: string, caller: Caller): Promise<void> {
  try {
    await erasePersonalData(context, { contact_ids: [contact_id], reason: 'no_longer_needed', caller })
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
  }
}
