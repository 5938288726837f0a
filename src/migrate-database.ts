import { openDatabase } from '#db/database.ts'
import { migrate, missingMigrations } from '#db/migrations.ts'
import { migrateJobs } from '#jobs/job-queues.ts'

/**
 * Brings a database to this release, our own tables and the job library's, and answers what it applied. The job
 * library comes first and only where something of ours is missing: a new release of it comes with a numbered file.
 */
export async function migrateDatabase (url: string): Promise<string[]> {
  const database = openDatabase({ url, pool_size: 1, connect_timeout: 10_000, statement_timeout: 60_000, lock_timeout: 60_000 }, () => {})
  try {
    if ((await missingMigrations(database)).length > 0) await migrateJobs(url)
  } finally {
    await database.close()
  }
  return await migrate(url)
}
