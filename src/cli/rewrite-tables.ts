import { readMigrationUrls } from '#config/config.ts'
import { openDatabase } from '#db/driver/database.ts'
import { rewriteTables } from '#db/schema/table-files.ts'
import { personalTables } from '#domain/personal-data/personal-data-register.ts'

// R33: takes what erasures left in the database's files out of them: `npm run rewrite-tables`. A plain vacuum frees the
// room of old rows and leaves their bytes there until others need it.
const LOCK_TIMEOUT = 10_000
// How long tables wait for transactions that began earlier, in milliseconds.
const PATIENCE = 60_000

try {
  const { database_url, migration_url } = readMigrationUrls()
  const url = migration_url ?? database_url
  const database = openDatabase(
    { url, pool_size: 1, connect_timeout: 5_000, lock_timeout: LOCK_TIMEOUT, statement_timeout: 0 },
    () => {}, // the statement that fails with its connection is reported
  )
  const tables = personalTables()
  await rewriteTables(database, tables, PATIENCE).finally(async () => await database.close())
  console.log(`Rewritten: ${tables.join(', ')}.`)
} catch (error) {
  console.error(`Not all tables were rewritten: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
