import { setTimeout as sleep } from 'node:timers/promises'
import { sql, type RawBuilder } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled } from '#db/driver/statement.ts'

// Why old rows stay, and what to do.
const NEEDED =
  'an earlier transaction of the server or of a standby, or a slot of replication, still needs old rows: ' +
  'run this again once none does'

// What the planner knows of columns: it keeps frequent values of them.
const STATISTICS = 'pg_catalog.pg_statistic'

/** What waits for earlier transactions, and how far back a slot of replication holds it. */
type Held = { what: string; slot_age: RawBuilder<unknown> }
const TABLES: Held = { what: 'Tables were', slot_age: sql`age(xmin)` }
const CATALOG: Held = { what: `${STATISTICS} was`, slot_age: sql`greatest(age(xmin), age(catalog_xmin))` }

/** How long the rewrite waits between two looks at the transactions that run, in milliseconds. */
const BETWEEN_LOOKS = 100

/**
 * Rewrites the files of tables, with their indexes, so that they keep nothing of rows that were changed or deleted
 * before the call. Each table is locked meanwhile. PostgreSQL keeps a row as long as a transaction that began before
 * its end may read it, and where one of them has changed something, in any database of the server, so does every
 * reader after it: the rewrite waits for them up to `patience` milliseconds, twice, and looks afterwards whether
 * anything was kept all the same. Refuses to go on where it was, and refuses a role that does not own the tables:
 * PostgreSQL would only warn.
 */
export async function rewriteTables(db: Db, tables: readonly string[], patience: number): Promise<void> {
  const start = await afterEarlier(db, TABLES, patience)
  for (const table of tables) await rewriteTable(db, table, sql`full, analyze`, start)
  // What the tables' analysis has just replaced goes too.
  await rewriteTable(db, STATISTICS, sql`full`, await afterEarlier(db, CATALOG, patience))
}

async function rewriteTable(db: Db, table: string, options: RawBuilder<unknown>, start: string): Promise<void> {
  const before = await fileOf(db, table)
  await db.run(compiled(sql`vacuum (${options}) ${sql.id(...table.split('.'))}`))
  if ((await fileOf(db, table)) === before)
    throw new Error(`${table} can be rewritten by its owner alone, whom MIGRATION_DATABASE_URL names`)
  if (await keepsOlder(db, table, start)) throw new Error(`${table} was rewritten and keeps old rows, since ${NEEDED}`)
}

async function fileOf(db: Db, table: string): Promise<string | undefined> {
  const statement = sql<{ file: string }>`select pg_relation_filenode(${table}::regclass)::text as file`
  return first(await db.run(compiled(statement)))?.file
}

/** An id above those of all transactions that have ended, once those of before have that PostgreSQL keeps rows for. */
async function afterEarlier(db: Db, held: Held, patience: number): Promise<string> {
  const statement = sql<{ id: string }>`select pg_snapshot_xmax(pg_current_snapshot())::text as id`
  const start = String(first(await db.run(compiled(statement)))?.id)
  const deadline = performance.now() + patience
  while (await runsEarlier(db, start, held)) {
    if (performance.now() > deadline) throw new Error(`${held.what} left alone, since ${NEEDED}`)
    await sleep(BETWEEN_LOOKS)
  }
  return start
}

/**
 * Whether a transaction runs that changed something before `start`, or one that reads what was: of this database, of a
 * standby that reports its readers (which belongs to no database), or of one that has a slot. A plain vacuum reads no
 * old rows.
 */
async function runsEarlier(db: Db, start: string, { slot_age }: Held): Promise<boolean> {
  const statement = sql`
    select where pg_snapshot_xmin(pg_current_snapshot()) < ${start}::xid8 or exists (
      select from pg_stat_activity
      where coalesce(datname, current_database()) = current_database() and pid <> pg_backend_pid()
        and age(backend_xmin) > age(${start}::xid8::xid) and pid not in (select pid from pg_stat_progress_vacuum)
    ) or exists (
      select from pg_replication_slots
      where invalidation_reason is null and ${slot_age} > age(${start}::xid8::xid)
    )`
  return (await db.run(compiled(statement))).length > 0
}

/** Whether a table that was just rewritten kept rows that ended before `start`: a rewrite freezes what all may see. */
async function keepsOlder(db: Db, table: string, start: string): Promise<boolean> {
  const statement = sql`
    select from pg_class where oid = ${table}::regclass and age(relfrozenxid) > age(${start}::xid8::xid)`
  return (await db.run(compiled(statement))).length > 0
}
