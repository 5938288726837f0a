import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { compiled } from '#db/driver/statement.ts'

/** Where the job library keeps its own tables. */
export const JOBS_SCHEMA = 'pgboss'

/** The version of those tables that this release works with; a later release may bring a newer one. */
const JOBS_VERSION = 46

/** The queues of jobs that have their own time, of the catch-up, and of the purge of stored outcomes. */
export const QUEUES = [
  'apply-change-request',
  'start-contract',
  'end-contract',
  'run-import',
  'delete-import',
  'catch-up',
  'purge-idempotency-keys',
] as const

/** Where workers hear the name of a queue that has a job to run at once. */
export const JOBS_CHANNEL = 'madoguchi_jobs'

/** The tables and queues of the job library that a database lacks; empty if the service can send and run jobs. */
export async function missingJobTables(db: Db): Promise<string[]> {
  const { version, queues } = (await hasJobTables(db)) ? await findJobTables(db) : { version: 0, queues: [] }
  return [
    ...(version < JOBS_VERSION ? [`${JOBS_SCHEMA} ${JOBS_VERSION}`] : []),
    ...QUEUES.filter(queue => !queues.includes(queue)).map(queue => `queue ${queue}`),
  ]
}

async function hasJobTables(db: Db): Promise<boolean> {
  const table = `${JOBS_SCHEMA}.version`
  const [found] = await db.run(compiled(sql<{ exists: boolean }>`select to_regclass(${table}) is not null as exists`))
  return found?.exists === true
}

type JobTables = { version: number; queues: string[] }

async function findJobTables(db: Db): Promise<JobTables> {
  const [found] = await db.run(
    compiled(sql<JobTables>`
      select coalesce(max(version), 0) as version, array(select name from ${sql.id(JOBS_SCHEMA, 'queue')}) as queues
      from ${sql.id(JOBS_SCHEMA, 'version')}`),
  )
  return found ?? { version: 0, queues: [] }
}
