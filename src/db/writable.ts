import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { prepared } from '#db/driver/statement.ts'

// It locks no row, but a server refuses it as it would refuse a change.
const nothingLocked = prepared(() => sql`select from contracts where false for update`)

/** Throws what a change would meet: of a standby, or a database that takes no writes, read_only_sql_transaction. */
export async function assertWritable(db: Db): Promise<void> {
  await db.run(nothingLocked({}))
}
