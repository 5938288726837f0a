import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { prepared } from '#db/driver/statement.ts'

const deleteOutcomesStatement = prepared<{ since: string; limit: number }, unknown>(
  parameter => sql`
  delete from idempotency_keys where (client, key) in (
    select client, key from idempotency_keys
    where created_at <= ${parameter('since')}
    order by created_at
    limit ${parameter('limit')}
    for update skip locked)
  returning 1`,
)

/** Deletes a batch of the outcomes older than `since`, the oldest first, except locked ones; answers how many. */
export async function deleteStoredOutcomes(db: Db, batch: { since: string; limit: number }): Promise<number> {
  return (await db.run(deleteOutcomesStatement(batch))).length
}
