import type { Statement } from '#db/statement.ts'

/** Who changes something, under which request, and when. */
export type Change = { actor: string, request_id: string, occurred_at: string }

/** One entry of the record: what a thing was, and what it is now. `subject_id` is the id of what changed. */
export type HistoryEntry = {
  event: string
  subject_id: string
  customer_id?: string
  contract_id?: string
  contact_id?: string
  account_id?: string
  before?: object | null
  after?: object | null
}

/** Takes what `historyValues` gives. */
export const INSERT_HISTORY = `insert into history (occurred_at, actor, request_id, event, subject_id, customer_id, contract_id, contact_id, account_id, before, after)
    select $1::timestamptz, $2, $3, event, subject_id, customer_id, contract_id, contact_id, account_id, before, after
    from json_to_recordset($4::json) as entry (event text, subject_id text, customer_id text, contract_id text, contact_id uuid, account_id uuid, before jsonb, after jsonb)`

export function historyValues ({ actor, request_id, occurred_at }: Change, entries: readonly HistoryEntry[]): unknown[] {
  return [occurred_at, actor, request_id, JSON.stringify(entries)]
}

/** The entries of one change, to be sent in its transaction. */
export function insertHistory (change: Change, entries: readonly HistoryEntry[]): Statement<unknown> {
  return { name: 'insert history', text: INSERT_HISTORY, values: historyValues(change, entries) }
}
