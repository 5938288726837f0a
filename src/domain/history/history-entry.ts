import type { RequestedBy } from '#domain/requester.ts'
import type { ChangeSource } from '#domain/vocabulary.ts'

type Snapshot = Readonly<Record<string, unknown>>

/** One entry of history, as the database stores it. */
export type HistoryRecord = {
  history_id: number
  event: string
  subject_id: string
  occurred_at: string
  actor: string
  on_behalf_of: string | null
  request_id: string
  source: ChangeSource
  change_request_id: string | null
  requested_by: RequestedBy | null
  customer_id: string | null
  contract_id: string | null
  contact_id: string | null
  account_id: string | null
  before: Snapshot | null
  after: Snapshot | null
}

/** An entry as it is answered: what changed, when, by which client, and which person asked for it (R25, R26). */
export function historyEntryView(record: HistoryRecord) {
  return {
    history_id: record.history_id,
    event: record.event,
    subject_id: record.subject_id,
    occurred_at: record.occurred_at,
    client: record.actor,
    on_behalf_of: record.on_behalf_of,
    request_id: record.request_id,
    source: record.source,
    change_request_id: record.change_request_id,
    requested_by: record.requested_by,
    customer_id: record.customer_id,
    contract_id: record.contract_id,
    contact_id: record.contact_id,
    account_id: record.account_id,
    changed: changedFields(record.before, record.after),
    before: record.before,
    after: record.after,
  }
}

/** The fields that both have and that differ, or that only one has; none where one of the two is missing. */
function changedFields(before: Snapshot | null, after: Snapshot | null): string[] {
  if (before === null || after === null) return []
  const fields = new Set([...Object.keys(after), ...Object.keys(before)])
  return [...fields]
    .filter(field => field in before && JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .toSorted()
}
