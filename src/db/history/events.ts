import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled, prepared } from '#db/driver/statement.ts'
import type { EventRecord } from '#domain/history/registry-event.ts'
import type { EventFilter } from '#domain/history/event-filter.ts'

const countStatement = compiled(sql<{ count: number }>`select coalesce(max(event_id), 0) as count from events`)

/** How many events there are: the number of the latest, because numbers have no gaps. */
export async function countEvents(db: Db): Promise<number> {
  return first(await db.run(countStatement))?.count ?? 0
}

/** Events after one and up to another, both by their numbers. */
type Range = { after: number; until: number }

const listStatement = prepared<EventFilter & Range & { limit: number }, EventRecord>(
  parameter => sql`
  select events.event_id, entry.*
  from events
    cross join lateral (
      select history.event, history.occurred_at, history.actor, history.request_id, history.source,
        history.change_request_id, history.subject_id, history.customer_id, history.contract_id, history.contact_id,
        history.account_id, history.before, history.after
      from history
      where history.history_id = events.history_id
        and (${parameter('types')}::text[] is null or history.event = any(${parameter('types')}))
        and (${parameter('customer_id')}::text is null or history.customer_id = ${parameter('customer_id')}
          or history.event = 'contract.changed' and history.before ->> 'customer_id' = ${parameter('customer_id')})
      offset 0) entry
  where events.event_id > ${parameter('after')} and events.event_id <= ${parameter('until')}
  order by events.event_id
  limit ${parameter('limit')}`,
)

/** The events of a range that fit a filter, in the order in which they became visible (R37). */
export async function listEvents(
  db: Db,
  filter: EventFilter,
  range: Range & { limit: number },
): Promise<EventRecord[]> {
  return await db.run(listStatement({ ...filter, ...range }))
}
