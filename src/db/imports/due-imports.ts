import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { prepared } from '#db/driver/statement.ts'
import type { Due, DuePage } from '#db/due.ts'

const OPEN = sql<{ import_id: string }>`
  select import_id, touched_at from imports where state in ('received', 'running') and received_at is not null
  order by received_at, import_id limit 1`

const nextStatement = prepared<Record<string, never>, { import_id: string }>(() => OPEN)

/** The import that is at work, or else the next: the one that was received first of those that are not done. */
export async function findOpenImport(db: Db): Promise<string | undefined> {
  return first(await db.run(nextStatement({})))?.import_id
}

type Untouched = { until: string; id: string; limit: number }

const listStalledStatement = prepared<Omit<Untouched, 'limit'>, Due>(
  parameter => sql`
  select ${sql.lit('-infinity')} as day, import_id as id from (${OPEN}) as open
  where touched_at < ${parameter('until')} and import_id > ${parameter('id')}::uuid`,
)

/**
 * The import that is at work or next, where nothing was done on it since a moment. Those that wait for it are not
 * listed: nothing is to be done on them.
 */
export async function listStalledImports(db: Db, until: string, { after }: DuePage): Promise<Due[]> {
  return await db.run(listStalledStatement({ until, id: after.id }))
}

const listExpiredStatement = prepared<Untouched & { abandoned: string }, Due>(
  parameter => sql`
  select ${sql.lit('-infinity')} as day, import_id as id from imports
  where (ended_at < ${parameter('until')} or (received_at is null and touched_at < ${parameter('abandoned')}))
    and import_id > ${parameter('id')}::uuid
  order by import_id
  limit ${parameter('limit')}`,
)

/** Imports that ended before a moment, and those whose file began to come before another and never came whole. */
export async function listExpiredImports(
  db: Db,
  { until, abandoned }: { until: string; abandoned: string },
  { after, limit }: DuePage,
): Promise<Due[]> {
  return await db.run(listExpiredStatement({ until, abandoned, id: after.id, limit }))
}
