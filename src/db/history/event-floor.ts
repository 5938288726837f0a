import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled, type Statement } from '#db/driver/statement.ts'

const findEndsStatement = compiled(sql<{ latest: number; expired_until: number }>`
  select coalesce((select max(event_id) from events), 0) as latest, expired_until from event_numbering`)

/** The ends of the feed of events: the number of the latest, and that up to which events are no longer in it. */
export async function findFeedEnds(db: Db): Promise<{ latest: number; expired_until: number } | undefined> {
  return first(await db.run(findEndsStatement))
}

/** The number of the last event before a moment, if that event is still in the feed. */
export async function findExpiredUntil(db: Db, moment: string): Promise<{ event_id: number } | undefined> {
  return first(
    await db.run(
      compiled(sql<{ event_id: number }>`
      select event_id from (
        select coalesce((
          select events.event_id - 1 from history join events using (history_id)
          where history.occurred_at >= ${moment}::timestamptz
          order by history.occurred_at, history.history_id
          limit 1), (select max(events.event_id) from events)) as event_id) last
      where event_id > (select expired_until from event_numbering)`),
    ),
  )
}

/** Takes the events up to a number out of the feed. It never comes back. */
export function updateExpiredUntil(event_id: number): Statement<unknown> {
  return compiled(sql`
    update event_numbering set expired_until = ${event_id}::bigint where expired_until < ${event_id}::bigint`)
}
