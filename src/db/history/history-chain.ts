import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled, freshlyPlanned, prepared } from '#db/driver/statement.ts'
import type { LinkedEntry, RedactedDigests } from '#domain/history/history-chain.ts'

export type HistoryHead = { event_id: number; hash: Buffer }

const headStatement = compiled(sql<HistoryHead>`select event_id, hash from events order by event_id desc limit 1`)

/**
 * The last numbered entry of history, and its hash; undefined where there is none yet. PostgreSQL plans it for the
 * table as it is: a plan for a small table would sort a large one.
 */
export async function findHistoryHead(db: Db): Promise<HistoryHead | undefined> {
  return first(await db.run(freshlyPlanned(headStatement)))
}

const suspectsStatement = prepared<Range, LinkedEntry>(
  parameter => sql`
  select link.event_id, link.history_id, link.hash, link.content as kept, entry.salt is null as is_unsalted,
    entry.fixed, entry.content, link.before
  from (
    select event_id, history_id, hash, content,
      case lag(event_id) over numbers when event_id - 1 then lag(hash) over numbers end as before
    from events
    where event_id >= ${parameter('after')} and event_id <= ${parameter('until')}
    window numbers as (order by event_id)) link
    left join lateral (
      select history.salt, history_fixed_digest(history) as fixed, history_content_digest(history) as content
      from history where history.history_id = link.history_id offset 0) entry on true
  where link.event_id > ${parameter('after')}
    and (link.before is null and link.event_id <> 1
      or entry.content is distinct from link.content
      or sha256(coalesce(link.before, '') || entry.fixed || link.content) is distinct from link.hash)
  order by link.event_id`,
)

type Range = { after: number; until: number }

/**
 * The entries of a range of numbers of which something is not as the chain says: not their content, not their hash, or
 * not the number before. Only `faultOf` knows what that means, because an erasure may have taken the content.
 */
export async function listSuspectEntries(db: Db, range: Range): Promise<LinkedEntry[]> {
  return await db.run(suspectsStatement(range))
}

const findHashStatement = prepared<{ event_id: number }, HistoryHead>(
  parameter => sql`select event_id, hash from events where event_id = ${parameter('event_id')}`,
)

/** The hash of one numbered entry. */
export async function findEventHash(db: Db, event_id: number): Promise<HistoryHead | undefined> {
  return first(await db.run(findHashStatement({ event_id })))
}

// Nothing where the entry was altered by hand so that it holds no list.
const LIST = (field: string) =>
  sql`case jsonb_typeof(erasure.after -> ${sql.lit(field)}) when 'array' then erasure.after -> ${sql.lit(field)} end`

// What erasures say of the entries that they redacted. Of an entry that several redacted, the last says what is left.
const redactions = sql`
  select distinct on (named.id) named.id::bigint as history_id, named.digest
  from history erasure cross join lateral rows from (
      jsonb_array_elements_text(${LIST('redacted_history_ids')}),
      jsonb_array_elements_text(${LIST('redacted_digests')})) as named (id, digest)
  where erasure.event = any(array['contact.erased', 'change_request.erased', 'history.redacted'])
    and named.id ~ '^[0-9]{1,18}$'
  order by named.id, erasure.history_id desc`

const listRedactionsStatement = compiled(sql<{ history_id: number; digest: string | null }>`${redactions}`)

/** The entries whose content erasures took away, and the digests of what they left. */
export async function listRedactions(db: Db): Promise<RedactedDigests> {
  const rows = await db.run(listRedactionsStatement)
  return new Map(rows.map(({ history_id, digest }) => [history_id, digest]))
}

const findUndoneStatement = compiled(sql<{ event_id: number }>`
  select events.event_id
  from (${redactions}) redaction join history using (history_id) join events using (history_id)
  where encode(history_content_digest(history), 'hex') <> redaction.digest
  order by events.event_id
  limit 1`)

/** The first redacted entry that is not as its last erasure left it, also where it is as it was before. */
export async function findUndoneRedaction(db: Db): Promise<{ event_id: number } | undefined> {
  return first(await db.run(findUndoneStatement))
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
