import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled } from '#db/driver/statement.ts'

/** Where the job library keeps its own tables. */
export const JOBS_SCHEMA = 'pgboss'

/** The version of those tables that this release works with; a newer one is of a release that comes after. */
const JOBS_VERSION = 46

/** Every queue: what is done beside requests when its time has come, the look for what was due and is not done, and what has its hours. */
export const QUEUES = ['apply-change-request', 'end-contract', 'catch-up', 'purge-idempotency-keys'] as const

/** What a database lacks of the job library's tables and queues; empty when jobs can be sent and done on it. */
export async function missingJobTables(db: Db): Promise<string[]> {
  const tables = `${JOBS_SCHEMA} ${JOBS_VERSION}`
  const installed = first(
    await db.run(
      compiled(sql<{ exists: boolean }>`select to_regclass(${`${JOBS_SCHEMA}.version`}) is not null as exists`),
    ),
  )
  if (installed?.exists !== true) return [tables, ...QUEUES.map(queueMissing)]
  const there = first(
    await db.run(
      compiled(sql<{ version: number; queues: string[] }>`
    select coalesce(max(version), 0) as version, array(select name from ${sql.id(JOBS_SCHEMA, 'queue')}) as queues from ${sql.id(JOBS_SCHEMA, 'version')}`),
    ),
  )
  return [
    ...((there?.version ?? 0) < JOBS_VERSION ? [tables] : []),
    ...QUEUES.filter(queue => there?.queues.includes(queue) !== true).map(queueMissing),
  ]
}

function queueMissing(queue: string): string {
  return `queue ${queue}`
}
