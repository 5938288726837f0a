import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { prepared } from '#db/driver/statement.ts'
import type { EventHead } from '#domain/history/event-filter.ts'

const listHeadsStatement = prepared<{ after: number; limit: number }, EventHead>(
  parameter => sql`
  select events.event_id, history.event, history.customer_id,
    case history.event when 'contract.changed' then history.before ->> 'customer_id' end as former_customer_id
  from events cross join lateral (
    select event, customer_id, before from history where history.history_id = events.history_id offset 0) history
  where events.event_id > ${parameter('after')}
  order by events.event_id
  limit ${parameter('limit')}`,
)

/** What the next events are about, by which waiting clients are chosen. */
export async function listEventHeads(db: Db, page: { after: number; limit: number }): Promise<EventHead[]> {
  return await db.run(listHeadsStatement(page))
}
