import { openDatabase } from '#db/driver/database.ts'
import { missingJobTables } from '#db/job-schema.ts'
import { migrate } from '#db/migrations.ts'
import { migrateJobs } from '#jobs/migrate-jobs.ts'

/**
 * Brings a database to this release, the job library's tables and our own, and answers what it applied. The library
 * runs also where none of its tables is missing, because the options of a queue may have changed.
 */
export async function migrateDatabase(url: string): Promise<string[]> {
  const database = openDatabase(
    { url, pool_size: 1, connect_timeout: 10_000, statement_timeout: 60_000, lock_timeout: 60_000 },
    () => {},
  )
  try {
    const missing = await missingJobTables(database)
    await migrateJobs(url)
    return [...missing, ...(await migrate(url))]
  } finally {
    await database.close()
  }
}
