import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled, prepared } from '#db/driver/statement.ts'
import type { LinkedEntry } from '#domain/history-chain.ts'

export type HistoryHead = { event_id: number; hash: Buffer }

const headStatement = compiled(sql<HistoryHead>`select event_id, hash from events order by event_id desc limit 1`)

/** The last numbered entry of history, and its hash; undefined where there is none yet. */
export async function findHistoryHead(db: Db): Promise<HistoryHead | undefined> {
  return first(await db.run(headStatement))
}

const listLinkedStatement = prepared<{ after: number; limit: number }, LinkedEntry>(
  parameter => sql`
  select events.event_id, events.history_id, events.hash, events.content as kept, history.salt is null as is_unsalted,
    case when history.history_id is not null then history_fixed_digest(history) end as fixed,
    case when history.history_id is not null then history_content_digest(history) end as content
  from events left join history on history.history_id = events.history_id
  where events.event_id > ${parameter('after')}
  order by events.event_id
  limit ${parameter('limit')}`,
)

/** The next numbered entries, with their digests as they are now and as they were. */
export async function listLinkedEntries(db: Db, page: { after: number; limit: number }): Promise<LinkedEntry[]> {
  return await db.run(listLinkedStatement(page))
}

const listRedactedStatement = compiled(sql<{ history_id: number }>`
  select (jsonb_array_elements_text(history.after -> 'redacted_history_ids'))::bigint as history_id
  from history join events using (history_id)
  where history.event = any(array['contact.erased', 'history.redacted'])`)

/** The entries whose content erasures took away, as the entries of the erasures name them. */
export async function listRedactedIds(db: Db): Promise<Set<number>> {
  return new Set((await db.run(listRedactedStatement)).map(({ history_id }) => history_id))
}

const findLeftOutStatement = compiled(sql<{ history_id: number }>`
  select history_id from history
  where history_id < (select settled_below from event_numbering)
    and not exists (select from events where events.history_id = history.history_id)
  order by history_id
  limit 1`)

/** An entry that has no number, though all around it have theirs: it was put there by hand. */
export async function findLeftOutEntry(db: Db): Promise<{ history_id: number } | undefined> {
  return first(await db.run(findLeftOutStatement))
}
