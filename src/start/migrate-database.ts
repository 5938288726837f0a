import { openDatabase } from '#db/driver/database.ts'
import { outageOf } from '#db/driver/failure.ts'
import { missingJobTables } from '#db/schema/job-schema.ts'
import { migrate } from '#db/schema/migrations.ts'
import { grantToService, roleOf } from '#db/schema/roles.ts'
import { assertServerVersion } from '#start/assert-server-version.ts'
import { assertDirect } from '#start/assert-sessions.ts'
import { migrateJobs } from '#jobs/migrate-jobs.ts'

/**
 * Migrates as the owner and gives the role of the service its rights. Without an owner of its own, the service's role
 * migrates, owns the tables and needs no grants: a start says so, and production refuses it.
 */
export async function migrateForService(service_url: string, owner_url: string | null): Promise<string[]> {
  const service = roleOf(service_url)
  const has_owner = owner_url !== null && roleOf(owner_url) !== service
  return await migrateDatabase(owner_url ?? service_url, has_owner ? service : null)
}

/**
 * Brings a database to this release, the job library's tables and our own, and answers what it applied. The library
 * runs also where none of its tables is missing, because the options of a queue may have changed. The URL names the
 * role that owns the tables. Its rights are then given to the role of the service, or to none where that is null.
 */
export async function migrateDatabase(url: string, service_role: string | null): Promise<string[]> {
  const options = { url, pool_size: 1, connect_timeout: 10_000, statement_timeout: 60_000, lock_timeout: 60_000 }
  const database = openDatabase(options, () => {})
  try {
    await assertDirect(options)
    await assertServerVersion(database)
    const missing = await missingJobTables(database)
    await migrateJobs(url)
    const applied = [...missing, ...(await migrate(url))]
    if (service_role !== null) await grantToService(url, service_role)
    return applied
  } catch (error) {
    throw outageOf(error) === 'database-away' ? unreachable(error as Error) : error
  } finally {
    await database.close()
  }
}

function unreachable(cause: Error): Error {
  return new Error(
    `the database of DATABASE_URL cannot be reached (${cause.message}): check that PostgreSQL runs there, ` +
      'and the host, port, name, user and password of the URL',
    { cause },
  )
}
