import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { Migrator, type Migration, type MigrationProvider } from 'kysely/migration'
import pg from 'pg'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { missingJobTables } from '#db/job-schema.ts'
import { compiled } from '#db/driver/statement.ts'

const FOLDER = join(import.meta.dirname, '..', '..', 'migrations')
const NUMBERED = /^\d{3}-.+\.sql$/

/** Migrations are plain SQL, forward only. Those that are missing run, and are recorded, in one transaction. */
class SqlMigrations implements MigrationProvider {
  async getMigrations(): Promise<Record<string, Migration>> {
    const names = await migrationNames()
    return Object.fromEntries(
      names.map(name => [
        name,
        {
          up: async db => {
            await sql.raw(await readFile(join(FOLDER, `${name}.sql`), 'utf8')).execute(db)
          },
        },
      ]),
    )
  }
}

/**
 * Brings a database to the newest schema and answers what it applied. Several processes may try at once: one
 * migrates, the others wait and find nothing to do. Needs a direct connection, not a transaction pooler.
 */
export async function migrate(url: string): Promise<string[]> {
  const db = new Kysely<unknown>({
    dialect: new PostgresDialect({
      pool: new pg.Pool({ connectionString: url, max: 1, application_name: 'madoguchi-migrate' }),
    }),
  })
  try {
    const { error, results = [] } = await new Migrator({ db, provider: new SqlMigrations() }).migrateToLatest()
    if (error !== undefined) throw error
    return results.map(result => result.migrationName)
  } finally {
    await db.destroy()
  }
}

/**
 * The migrations of our own tables and of the job library's that a database lacks: empty when this release can work on
 * it. Throws when the database is away.
 */
export async function missingMigrations(db: Db): Promise<string[]> {
  return [...(await missingFiles(db)), ...(await missingJobTables(db))]
}

async function missingFiles(db: Db): Promise<string[]> {
  const names = await migrationNames()
  const migrated = first(
    await db.run(compiled(sql<{ exists: boolean }>`select to_regclass('kysely_migration') is not null as exists`)),
  )
  if (migrated?.exists !== true) return names
  const done = new Set(
    (await db.run(compiled(sql<{ name: string }>`select name from kysely_migration`))).map(({ name }) => name),
  )
  return names.filter(name => !done.has(name))
}

async function migrationNames(): Promise<string[]> {
  return (await readdir(FOLDER))
    .filter(file => NUMBERED.test(file))
    .map(file => file.slice(0, -'.sql'.length))
    .toSorted()
}
