import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '#db/driver/database.ts'
import { migrateForService } from '#start/migrate-database.ts'
import { dumpSchema } from '#db/schema/schema-dump.ts'
import { startEmbeddedDatabase } from '#start/embedded-database.ts'

// Writes migrations/schema.sql from the migrations: `npm run schema:write`.
const dataDir = await mkdtemp(join(tmpdir(), 'madoguchi-schema-'))
const postgres = await startEmbeddedDatabase(dataDir)
try {
  await migrateForService(postgres.service_url, postgres.owner_url)
  const database = openDatabase(
    {
      url: postgres.service_url,
      pool_size: 1,
      connect_timeout: 5_000,
      statement_timeout: 30_000,
      lock_timeout: 30_000,
    },
    () => {},
  )
  await writeFile(new URL('../../migrations/schema.sql', import.meta.url), await dumpSchema(database))
  await database.close()
} finally {
  await postgres.stop()
  await rm(dataDir, { recursive: true })
}
