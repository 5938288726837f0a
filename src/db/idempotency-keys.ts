import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { lockKey } from '#db/driver/locks.ts'
import { prepared, type Statement } from '#db/driver/statement.ts'

/** A key is its client's own. The fingerprint is a digest of the request that it came with. */
export type IdempotencyKey = { client: string; key: string; fingerprint: string }

export type StoredOutcome = { fingerprint: string; outcome: unknown }

const claimStatement = prepared<{ lock: string }, { claimed: boolean }>(
  parameter => sql`select pg_try_advisory_xact_lock(${parameter('lock')}::bigint) as claimed`,
)

/** Claims a key for this transaction, until it ends; false where another transaction holds it. */
export async function claimIdempotencyKey(db: Db, { client, key }: IdempotencyKey): Promise<boolean> {
  return first(await db.run(claimStatement({ lock: lockKey('idempotency-key', `${client} ${key}`) })))?.claimed === true
}

const findOutcomeStatement = prepared<{ client: string; key: string; since: string }, StoredOutcome>(
  parameter => sql`
  select fingerprint, outcome from idempotency_keys
  where client = ${parameter('client')} and key = ${parameter('key')} and created_at > ${parameter('since')}`,
)

/** The outcome stored under a key after `since`. */
export async function findStoredOutcome(
  db: Db,
  { client, key }: IdempotencyKey,
  since: string,
): Promise<StoredOutcome | undefined> {
  return first(await db.run(findOutcomeStatement({ client, key, since })))
}

const insertOutcomeStatement = prepared<
  { client: string; key: string; fingerprint: string; outcome: string; created_at: string },
  unknown
>(
  parameter => sql`
  insert into idempotency_keys (client, key, fingerprint, outcome, created_at)
  values (${parameter('client')}, ${parameter('key')}, ${parameter('fingerprint')}, ${parameter('outcome')}::json,
    ${parameter('created_at')})
  on conflict (client, key) do update
  set fingerprint = excluded.fingerprint, outcome = excluded.outcome, created_at = excluded.created_at`,
)

/** Stores an outcome under its key, in place of one that has expired. */
export function insertStoredOutcome(
  { client, key, fingerprint }: IdempotencyKey,
  outcome: unknown,
  created_at: string,
): Statement<unknown> {
  return insertOutcomeStatement({ client, key, fingerprint, outcome: JSON.stringify(outcome), created_at })
}
