import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '#db/driver/database.ts'
import { migrateDatabase } from '#migrate-database.ts'
import { dumpSchema } from '#db/schema-dump.ts'
import { startEmbeddedPostgres } from '@madoguchi/embedded-postgres'

// Writes migrations/schema.sql from the migrations: `npm run schema:write`.
const dataDir = await mkdtemp(join(tmpdir(), 'madoguchi-schema-'))
const postgres = await startEmbeddedPostgres({ dataDir, database: 'madoguchi' })
try {
  await migrateDatabase(postgres.url)
  const database = openDatabase(
    { url: postgres.url, pool_size: 1, connect_timeout: 5_000, statement_timeout: 30_000, lock_timeout: 30_000 },
    () => {},
  )
  await writeFile(new URL('../../migrations/schema.sql', import.meta.url), await dumpSchema(database))
  await database.close()
} finally {
  await postgres.stop()
  await rm(dataDir, { recursive: true })
}
