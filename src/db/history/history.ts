import { sql, type RawBuilder } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { prepared, type ParameterOf, type Statement } from '#db/driver/statement.ts'
import type { HistoryRecord } from '#domain/history/history-entry.ts'
import type { Change } from '#domain/caller.ts'

/** One entry of the record: a thing before and after its change. `subject_id` is the id of the thing. */
export type HistoryEntry = {
  event: string
  subject_id: string
  customer_id?: string
  contract_id?: string
  contact_id?: string
  account_id?: string
  /** The time of this entry, where it is not the time of the whole change. */
  occurred_at?: string
  before?: object | null
  after?: object | null
}

/**
 * The statement that inserts entries; `historyValues` makes its values. They come as `jsonb`, because Postgres would
 * read the values inside a `json` document twice.
 */
export const INSERT_HISTORY = `
    insert into history (occurred_at, actor, request_id, change_request_id, on_behalf_of, source, requested_by,
      event, subject_id, customer_id, contract_id, contact_id, account_id, before, after)
    select coalesce(occurred_at, $1::timestamptz), $2, $3, $4::uuid, $6, $7, $8::jsonb,
      event, subject_id, customer_id, contract_id, contact_id, account_id, before, after
    from jsonb_to_recordset($5::jsonb) as entry (occurred_at timestamptz, event text, subject_id text, customer_id text,
      contract_id text, contact_id uuid, account_id uuid, before jsonb, after jsonb)`

/** The values of `INSERT_HISTORY`: who changed what, when, and for which request. */
export function historyValues(
  { actor, on_behalf_of, request_id, occurred_at, source, change_request_id, requested_by }: Change,
  entries: readonly HistoryEntry[],
): unknown[] {
  const asked = requested_by == null ? null : JSON.stringify(requested_by)
  const way = [change_request_id ?? null, JSON.stringify(entries), on_behalf_of ?? null, source, asked]
  return [occurred_at, actor, request_id, ...way]
}

/** The entries of one change, to be sent in its transaction. */
export function insertHistory(change: Change, entries: readonly HistoryEntry[]): Statement<unknown> {
  return { name: 'insert history', text: INSERT_HISTORY, values: historyValues(change, entries) }
}

export type HistoryPosition = { occurred_at: string; history_id: number }
type HistoryPage = HistoryPosition & { limit: number }

// One statement for each list, because each uses an index of its own.
function historyPage(condition: RawBuilder<unknown>, parameter: ParameterOf<HistoryPage>): RawBuilder<HistoryRecord> {
  return sql`
  select history.history_id, history.event, history.subject_id, history.occurred_at, history.actor,
    history.on_behalf_of, history.request_id, history.source, history.change_request_id, history.requested_by,
    history.customer_id, history.contract_id, history.contact_id, history.account_id, history.before, history.after
  from history
  where ${condition}
    and (history.occurred_at, history.history_id) < (${parameter('occurred_at')}, ${parameter('history_id')})
  order by history.occurred_at desc, history.history_id desc
  limit ${parameter('limit')}`
}

const everStatement = prepared<{ contract_id: string }, { contract_id: string }>(
  parameter => sql`
  select contract_id from history
  where contract_id = ${parameter('contract_id')}
  limit 1`,
)

/** Whether the registry ever held a contract, also one that was deleted. */
export async function findContractEver(db: Db, contract_id: string): Promise<{ contract_id: string } | undefined> {
  return first(await db.run(everStatement({ contract_id })))
}

const contractStatement = prepared<HistoryPage & { contract_id: string }, HistoryRecord>(parameter =>
  historyPage(sql`history.contract_id = ${parameter('contract_id')}`, parameter),
)

/** A page of the changes of a contract, its contacts and their accounts, the newest first. */
export async function listContractHistory(
  db: Db,
  contract_id: string,
  { after, limit }: { after: HistoryPosition; limit: number },
): Promise<HistoryRecord[]> {
  return await db.run(contractStatement({ contract_id, ...after, limit }))
}

const contactStatement = prepared<HistoryPage & { contact_id: string }, HistoryRecord>(parameter =>
  historyPage(sql`history.contact_id = ${parameter('contact_id')}`, parameter),
)

/** A page of the changes of a contact, the newest first. */
export async function listContactHistory(
  db: Db,
  contact_id: string,
  { after, limit }: { after: HistoryPosition; limit: number },
): Promise<HistoryRecord[]> {
  return await db.run(contactStatement({ contact_id, ...after, limit }))
}

const apiClientStatement = prepared<HistoryPage & { client_id: string }, HistoryRecord>(parameter =>
  historyPage(sql`history.event like 'api_client.%' and history.subject_id = ${parameter('client_id')}`, parameter),
)

/** A page of the changes of an API client and its keys, the newest first. */
export async function listApiClientHistory(
  db: Db,
  client_id: string,
  { after, limit }: { after: HistoryPosition; limit: number },
): Promise<HistoryRecord[]> {
  return await db.run(apiClientStatement({ client_id, ...after, limit }))
}
