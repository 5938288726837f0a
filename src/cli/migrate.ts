import { readMigrationUrls } from '#config/config.ts'
import { migrateForService } from '#start/migrate-database.ts'

// Brings the database to this release's schema, and the role of the service to its rights: `npm run migrate`, before a
// new release starts.
try {
  const { database_url, migration_url } = readMigrationUrls()
  const applied = await migrateForService(database_url, migration_url)
  console.log(applied.length === 0 ? 'Nothing to migrate.' : `Migrated: ${applied.join(', ')}.`)
} catch (error) {
  console.error(`The database was not migrated: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
