import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled, type Statement } from '#db/driver/statement.ts'
import type { HistoryRecord } from '#domain/history/history-entry.ts'

/** The key of the hashes that stay in place of addresses, in hexadecimal digits. */
export async function findAddressHashKey(db: Db): Promise<{ key: string } | undefined> {
  return first(await db.run(compiled(sql<{ key: string }>`select encode(key, 'hex') as key from address_hash_key`)))
}

/** The accounts that contacts left and may still read. */
export async function listAccountsLeft(db: Db, contact_ids: readonly string[]): Promise<{ account_id: string }[]> {
  return await db.run(
    compiled(sql<{ account_id: string }>`
    select distinct account_id from residual_accesses where contact_id = any(${contact_ids}::uuid[])`),
  )
}

export type RedactedEntry = Pick<HistoryRecord, 'history_id' | 'before' | 'after' | 'requested_by'>

/** An entry of history that was redacted, and the digest of what is left of it, in hexadecimal digits. */
type Redaction = { history_id: number; digest: string }

/** Blanks parts of entries of history: the owner's function refuses anything else. Answers what is left of each. */
export async function updateHistoryRedacted(db: Db, entries: readonly RedactedEntry[]): Promise<Redaction[]> {
  if (entries.length === 0) return []
  return await db.run(
    compiled(sql<Redaction>`
    select history_id, encode(digest, 'hex') as digest
    from redact_history_entries(${JSON.stringify(entries)}::jsonb)
    order by history_id`),
  )
}

/** Puts another outcome in place of one that is kept for repeats. */
export function updateKeptOutcome(outcome: { client: string; key: string; outcome: unknown }): Statement<unknown> {
  return compiled(sql`
    update idempotency_keys set outcome = ${JSON.stringify(outcome.outcome)}::json
    where client = ${outcome.client} and key = ${outcome.key}`)
}

/** Deletes what drift reports stored of addresses and users: it is left only where the process of a report died. */
export function deleteDriftData(of: {
  email_keys: readonly string[]
  external_ids: readonly string[]
}): Statement<unknown> {
  return compiled(sql`
    with accounts as (
      delete from drift_accounts
      where email_key = any(${of.email_keys}) or external_id = any(${of.external_ids}))
    delete from drift_lines
    where email_key = any(${of.email_keys}) or target_key = any(${of.email_keys})
      or external_id = any(${of.external_ids})`)
}
