import { hash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { prepared } from '#db/driver/statement.ts'

// A thing without a row cannot be locked as a row. These locks last until the transaction ends.
type LockedKind =
  | 'address'
  | 'api-clients'
  | 'contract'
  | 'customer'
  | 'erasure'
  | 'events'
  | 'external-id'
  | 'imports'
  | 'webhook-endpoints'

const lockStatement = prepared<{ keys: string[] }, unknown>(
  parameter => sql`select pg_advisory_xact_lock(key) from unnest(${parameter('keys')}::bigint[]) as key`,
)

/** Locks these things against other transactions, in a fixed order, so that no two transactions wait for each other. */
export async function lockThings(db: Db, kind: LockedKind, ids: readonly string[]): Promise<void> {
  const keys = [...new Set(ids.map(id => lockKey(kind, id)))].toSorted()
  if (keys.length > 0) await db.run({ ...lockStatement({ keys }), locks: ids.map(id => `${kind} ${id}`) })
}

const shareStatement = prepared<{ key: string }, unknown>(
  parameter => sql`select pg_advisory_xact_lock_shared(${parameter('key')}::bigint)`,
)

/** Locks a thing against transactions that lock it for themselves. Others may share it with this one. */
export async function shareThing(db: Db, kind: LockedKind, id: string): Promise<void> {
  await db.run(shareStatement({ key: lockKey(kind, id) }))
}

/** A signed 64-bit key, as digits. */
export function lockKey(kind: string, id: string): string {
  return hash('sha256', `${kind} ${id}`, 'buffer').readBigInt64BE(0).toString()
}
