import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { Migrator, type Migration, type MigrationProvider } from 'kysely/migration'
import pg from 'pg'
import type { Db } from '#db/driver/database.ts'
import { outageOf } from '#db/driver/failure.ts'
import { first } from '#db/driver/first.ts'
import { missingJobTables } from '#db/schema/job-schema.ts'
import { migrationSettings, withSettings } from '#db/driver/session-settings.ts'
import { compiled } from '#db/driver/statement.ts'

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'migrations')
const NUMBERED = /^\d{3}-.+\.sql$/

/**
 * Migrations are plain SQL, forward only. Those that are missing run, and are recorded, in one transaction. Those that
 * a newer release has made are done: this release works on what they left (CONTRIBUTING.md, "expand, then contract").
 */
class SqlMigrations implements MigrationProvider {
  readonly #executed: readonly string[]
  constructor(executed: readonly string[]) {
    this.#executed = executed
  }

  async getMigrations(): Promise<Record<string, Migration>> {
    const names = await migrationNames()
    const newer = this.#executed.filter(name => name > (names.at(-1) ?? ''))
    return Object.fromEntries([
      ...names.map(name => [name, { up: async (db: Kysely<unknown>) => await runFile(db, name) }] as const),
      ...newer.map(name => [name, { up: async () => {} }] as const),
    ])
  }
}

async function executedMigrations(db: Kysely<unknown>): Promise<string[]> {
  const { rows: tables } = await sql<{ exists: boolean }>`
    select to_regclass('kysely_migration') is not null as exists`.execute(db)
  if (tables[0]?.exists !== true) return []
  return (await sql<{ name: string }>`select name from kysely_migration`.execute(db)).rows.map(({ name }) => name)
}

/** Runs what is missing, in one transaction, and answers its names. */
async function migrateOnce(db: Kysely<unknown>): Promise<string[]> {
  const provider = new SqlMigrations(await executedMigrations(db))
  const { error, results = [] } = await new Migrator({ db, provider }).migrateToLatest()
  if (error !== undefined) throw error
  return results.map(result => result.migrationName)
}

async function runFile(db: Kysely<unknown>, name: string): Promise<void> {
  await sql.raw(await readFile(join(FOLDER, `${name}.sql`), 'utf8')).execute(db)
}

// A change of a table waits behind every statement that reads it, and all others wait behind the change. So it waits
// for a moment only, lets the others pass, and tries again: for two minutes or so.
const LOCK_TIMEOUT = 1_000
const BETWEEN_TRIES = 1_000
const MOST_TRIES = 60

/**
 * Brings a database to the newest schema and answers what it applied. Several processes may try at once: one
 * migrates, the others wait and find nothing to do. Needs a direct connection, not a transaction pooler. Throws when a
 * table is in use for minutes.
 */
export async function migrate(url: string, { tries = MOST_TRIES } = {}): Promise<string[]> {
  const db = new Kysely<unknown>({
    dialect: new PostgresDialect({
      pool: new pg.Pool({
        connectionString: withSettings(url, migrationSettings(LOCK_TIMEOUT)),
        max: 1,
        application_name: 'madoguchi-migrate',
      }),
    }),
  })
  try {
    for (let tried = 1; ; tried++) {
      try {
        return await migrateOnce(db)
      } catch (error) {
        if (outageOf(error) !== 'contended') throw error
        if (tried >= tries) throw new Error(IN_USE, { cause: error })
        await sleep(BETWEEN_TRIES)
      }
    }
  } finally {
    await db.destroy()
  }
}

const IN_USE =
  'a table that has to change is in use: a report or another transaction that runs for long holds it ' +
  '(see pg_stat_activity). Nothing was changed; end it, or try again later'

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
