import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled, prepared, type Statement } from '#db/driver/statement.ts'
import type { ChainedEntry } from '#domain/history-chain.ts'

// Entries whose number is missing: those from where all are settled. The difference of two lists takes time in
// proportion to them, also by a plan that was made while the tables were empty.
const unnumbered = sql`
  select history_id from history where history_id >= (select settled_below from event_numbering)
  except
  select history_id from events where history_id >= (select settled_below from event_numbering)`

const findUnnumberedStatement = compiled(sql<{ history_id: number }>`${unnumbered} limit 1`)

/** An entry of history that has no number yet, if there is one. */
export async function findUnnumberedEntry(db: Db): Promise<{ history_id: number } | undefined> {
  return first(await db.run(findUnnumberedStatement))
}

/** An entry without a number, with the digests of what is fixed and of what an erasure may take away. */
type UnnumberedEntry = ChainedEntry & { history_id: number }

const listUnnumberedStatement = prepared<{ limit: number }, UnnumberedEntry>(
  parameter => sql`
  select history_id, entry.fixed, entry.content
  from (${unnumbered} order by history_id limit ${parameter('limit')}) unnumbered
    cross join lateral (
      select history_fixed_digest(history) as fixed, history_content_digest(history) as content
      from history where history.history_id = unnumbered.history_id offset 0) entry
  order by history_id`,
)

/** Entries of history that have no number yet, in the order in which they were written. */
export async function listUnnumberedEntries(db: Db, limit: number): Promise<UnnumberedEntry[]> {
  return await db.run(listUnnumberedStatement({ limit }))
}

// A transaction that inserts holds this lock from before the entry gets its id until the transaction ends.
const listWritersStatement = compiled(
  sql<{ writer: string }>`
  select distinct virtualtransaction as writer from pg_locks
  where locktype = 'relation' and relation = 'history'::regclass and mode = 'RowExclusiveLock' and granted
    and database = (select oid from pg_database where datname = current_database())`,
)

/** The transactions that write history now. */
export async function listHistoryWriters(db: Db): Promise<string[]> {
  return (await db.run(listWritersStatement)).map(({ writer }) => writer)
}

/** The channel on which processes hear of new events. */
export const EVENTS_CHANNEL = 'madoguchi_events'

type Numbering = {
  history_ids: readonly number[]
  hashes: readonly Buffer[]
  contents: readonly Buffer[]
  settled_below: number
}

const insertStatement = prepared<Numbering, unknown>(
  parameter => sql`
  with last as (select coalesce(max(event_id), 0) as event_id from events),
    numbered as (
      insert into events (event_id, history_id, hash, content)
      select last.event_id + entry.position, entry.history_id, entry.hash, entry.content
      from unnest(${parameter('history_ids')}::bigint[], ${parameter('hashes')}::bytea[],
          ${parameter('contents')}::bytea[]) with ordinality as entry (history_id, hash, content, position), last
      returning event_id),
    settled as (
      update event_numbering set settled_below = ${parameter('settled_below')}::bigint
      where settled_below < ${parameter('settled_below')}::bigint)
  select pg_notify(${sql.lit(EVENTS_CHANNEL)}, (select max(event_id) from numbered)::text)`,
)

/** R37: gives entries the next numbers, in this order, notes what is settled, and tells it to all processes. */
export function insertEvents(numbering: Numbering): Statement<unknown> {
  return insertStatement(numbering)
}

const settledStatement = prepared<{ settled_below: number }, unknown>(
  parameter => sql`
  update event_numbering set settled_below = ${parameter('settled_below')}::bigint
  where settled_below < ${parameter('settled_below')}::bigint`,
)

/** Notes up to where entries of history are settled. */
export function updateSettled(settled_below: number): Statement<unknown> {
  return settledStatement({ settled_below })
}
