import type { ActionContext } from '#actions/support/action-context.ts'
import type { Due } from '#db/due.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import { findExpiredUntil, updateExpiredUntil } from '#db/history/event-floor.ts'
import { keptSince } from '#domain/personal-data/retention.ts'

/** The number up to which events leave the feed now; none where all are kept, or none is old enough. */
export async function listEventsToExpire({ database, clock, retention }: ActionContext): Promise<Due[]> {
  if (retention.events === null) return []
  const found = await findExpiredUntil(database, keptSince(retention.events, clock.now()))
  return found === undefined ? [] : [{ id: String(found.event_id), day: '' }]
}

/** R37: takes the events up to a number out of the feed. History keeps their entries. May run again. */
export async function expireEvents({ database }: ActionContext, event_id: string): Promise<void> {
  await inTransaction(database, async trx => await trx.commitWith(updateExpiredUntil(Number(event_id))))
}
