import { sql, type RawBuilder } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled, prepared, freshlyPlanned, type ParameterOf, type Statement } from '#db/driver/statement.ts'
import { NO_END } from '#domain/history/event-numbering.ts'
import type { IdGap } from '#domain/history/id-gaps.ts'
import type { ChainedEntry } from '#domain/history/history-chain.ts'

type Gaps = { firsts: readonly number[]; belows: readonly number[] }

function boundsOf(gaps: readonly IdGap[]): Gaps {
  return { firsts: gaps.map(({ first }) => first), belows: gaps.map(({ below }) => below) }
}

// Each gap is a range of the index, also by a plan that was made while the tables were empty.
const entriesIn = (parameter: ParameterOf<Gaps & { limit: number }>) => sql`
  select entry.history_id
  from unnest(${parameter('firsts')}::bigint[], ${parameter('belows')}::bigint[]) as gap (first, below)
    cross join lateral (
      select history_id from history
      where history_id >= gap.first and history_id < gap.below
      order by history_id
      limit ${parameter('limit')}) entry`

type Unnumbered = { is_unnumbered: true }

const findWorkStatement = prepared<Gaps & { limit: number; event_id: number }, Unnumbered>(
  parameter => sql`
  select true as is_unnumbered
  where exists (${entriesIn(parameter)})
    or coalesce((select max(event_id) from events), 0) < ${parameter('event_id')}`,
)

/** Whether entries came into these gaps, or the database was put back to before the last number that was given. */
export async function findUnnumbered(
  db: Db,
  gaps: readonly IdGap[],
  event_id: number,
): Promise<Unnumbered | undefined> {
  return first(await db.run(freshlyPlanned(findWorkStatement({ ...boundsOf(gaps), limit: 1, event_id }))))
}

/** An entry without a number, with the digests of what is fixed and of what an erasure may take away. */
type UnnumberedEntry = ChainedEntry & { history_id: number }

// The bytes of a SHA-256. Digests travel joined, because a thousand single values cost the driver more than they are.
const DIGEST_BYTES = 32

type JoinedEntries = { history_ids: number[]; fixed: Buffer; contents: Buffer }

const listUnnumberedStatement = prepared<Gaps & { limit: number }, JoinedEntries>(
  parameter => sql`
  select json_agg(history_id order by history_id) as history_ids,
    string_agg(entry.fixed, '' order by history_id) as fixed,
    string_agg(entry.content, '' order by history_id) as contents
  from (${entriesIn(parameter)} order by entry.history_id limit ${parameter('limit')}) unnumbered
    cross join lateral (
      select history_fixed_digest(history) as fixed, history_content_digest(history) as content
      from history where history.history_id = unnumbered.history_id offset 0) entry
  having count(*) > 0`,
)

/**
 * Entries of history in the gaps between those that have their numbers, in the order in which they were written.
 * PostgreSQL plans it for the table as it is: a plan for a small table would read a large one from end to end.
 */
export async function listUnnumberedEntries(db: Db, gaps: readonly IdGap[], limit: number): Promise<UnnumberedEntry[]> {
  if (gaps.length === 0) return []
  const joined = await db.run(freshlyPlanned(listUnnumberedStatement({ ...boundsOf(gaps), limit })))
  return joined.flatMap(({ history_ids, fixed, contents }) =>
    history_ids.map((history_id, index) => ({
      history_id,
      fixed: digestAt(fixed, index),
      content: digestAt(contents, index),
    })),
  )
}

function digestAt(joined: Buffer, index: number): Buffer {
  return joined.subarray(index * DIGEST_BYTES, (index + 1) * DIGEST_BYTES)
}

const findSettledStatement = compiled(sql<{ settled_below: number }>`select settled_below from event_numbering`)

/** From where entries of history may not be settled: each below has its number, or was rolled back. */
export async function findSettled(db: Db): Promise<{ settled_below: number } | undefined> {
  return first(await db.run(findSettledStatement))
}

// With two bounds, Postgres expects a small part of the table, and reads the index.
const listNumberedStatement = prepared<{ settled_below: number }, { history_id: number }>(
  parameter => sql`
  select history_id from events
  where history_id >= ${parameter('settled_below')} and history_id < ${sql.lit(NO_END)}
  order by history_id`,
)

/** The entries of history that have their numbers, from an id on, in order. */
export async function listNumberedIds(db: Db, settled_below: number): Promise<number[]> {
  return (await db.run(listNumberedStatement({ settled_below }))).map(({ history_id }) => history_id)
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
  /** The last number that was given. */
  last: number
  history_ids: readonly number[]
  hashes: readonly Buffer[]
  contents: readonly Buffer[]
  settled_below: number
}

type JoinedNumbering = Omit<Numbering, 'hashes' | 'contents'> & { hashes: Buffer; contents: Buffer }

const digestOf = (joined: RawBuilder<Buffer>): RawBuilder<Buffer> => {
  const bytes = sql.lit(DIGEST_BYTES)
  return sql`substring(${joined}::bytea from (position::integer - 1) * ${bytes} + 1 for ${bytes})`
}

const insertStatement = prepared<JoinedNumbering, unknown>(
  parameter => sql`
  with numbered as (
      insert into events (event_id, history_id, hash, content)
      select ${parameter('last')}::bigint + position, history_id, ${digestOf(parameter('hashes'))},
        ${digestOf(parameter('contents'))}
      from unnest(${parameter('history_ids')}::bigint[]) with ordinality as entry (history_id, position)
      returning event_id),
    settled as (
      update event_numbering set settled_below = ${parameter('settled_below')}::bigint
      where settled_below < ${parameter('settled_below')}::bigint)
  select pg_notify(${sql.lit(EVENTS_CHANNEL)}, (select max(event_id) from numbered)::text)`,
)

/** R37: gives entries the next numbers, in this order, notes what is settled, and tells it to all processes. */
export function insertEvents({ hashes, contents, ...numbering }: Numbering): Statement<unknown> {
  return insertStatement({ ...numbering, hashes: Buffer.concat(hashes), contents: Buffer.concat(contents) })
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
