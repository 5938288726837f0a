import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled } from '#db/driver/statement.ts'

// What the planner knows of columns: it keeps frequent values of them.
const STATISTICS = 'pg_catalog.pg_statistic'

/**
 * Rewrites the files of tables, with their indexes, so that they keep nothing of rows that were changed or deleted.
 * Each table is locked meanwhile. Refuses a role that does not own them: PostgreSQL would only warn. /
 */
export async function rewriteTables(db: Db, tables: readonly string[]): Promise<void> {
  for (const table of [...tables, STATISTICS]) {
    const before = await fileOf(db, table)
    const options = table === STATISTICS ? sql`full` : sql`full, analyze`
    await db.run(compiled(sql`vacuum (${options}) ${sql.id(...table.split('.'))}`))
    if ((await fileOf(db, table)) === before)
      throw new Error(`${table} can be rewritten by its owner alone, whom MIGRATION_DATABASE_URL names`)
  }
}

async function fileOf(db: Db, table: string): Promise<string | undefined> {
  const statement = sql<{ file: string }>`select pg_relation_filenode(${table}::regclass)::text as file`
  return first(await db.run(compiled(statement)))?.file
}
