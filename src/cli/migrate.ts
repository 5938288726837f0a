import { readDatabaseUrl } from '#config/config.ts'
import { migrateDatabase } from '#migrate-database.ts'

// Brings the database of DATABASE_URL to this release's schema: `npm run migrate`, before a new release starts.
try {
  const applied = await migrateDatabase(readDatabaseUrl())
  console.log(applied.length === 0 ? 'Nothing to migrate.' : `Migrated: ${applied.join(', ')}.`)
} catch (error) {
  console.error(`The database was not migrated: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
