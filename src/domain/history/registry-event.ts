import { isAboutPeople, kindOf, scopeOfEvent } from '#domain/history/event-types.ts'
import type { HistoryRecord } from '#domain/history/history-entry.ts'
import type { Scope } from '#domain/api-clients/scopes.ts'

/** An entry of history with its place in the order of all changes (R37). */
export type EventRecord = Omit<HistoryRecord, 'history_id' | 'requested_by' | 'on_behalf_of'> & {
  event_id: number
}

/** An event as it is answered: with what changed only for a client that may read the thing. */
export function eventView(record: EventRecord, scopes: ReadonlySet<Scope>) {
  const kind = kindOf(record.event)
  const seats = record.after?.['contract_seats'] ?? null
  return {
    event_id: record.event_id,
    type: record.event,
    occurred_at: record.occurred_at,
    subject_id: record.subject_id,
    customer_id: record.customer_id,
    contract_id: record.contract_id,
    contact_id: kind === 'contact' ? record.contact_id : null,
    account_id: record.account_id,
    change_request_id: kind === 'change_request' ? record.subject_id : record.change_request_id,
    request_id: record.request_id,
    client_id: record.actor,
    source: record.source,
    seats,
    data: showsData(record, scopes)
      ? { before: answerIn(record.before, kind), after: answerIn(record.after, kind) }
      : null,
  }
}

// What snapshots hold besides the answer of their thing: why, and facts from which history answers.
const RECORDED_BESIDES: Readonly<Record<string, readonly string[]>> = {
  contact: [
    'contract_seats',
    'name_override',
    'shared_mailbox',
    'reason',
    'redacted_history_ids',
    'redacted_digests',
    'change_request_ids',
  ],
  contract: ['counts_apps', 'counts_connections', 'reason'],
  api_client: ['key_id', 'hint', 'former_keys'],
  change_request: [
    'refusals',
    'changed_fields',
    'erased_at',
    'erasure_reason',
    'redacted_history_ids',
    'redacted_digests',
  ],
  history: ['redacted_digests'],
  import: ['fault', 'request_id'],
}

/** The answer of a thing that a snapshot holds. */
function answerIn(snapshot: EventRecord['after'], kind: string): EventRecord['after'] {
  const besides = RECORDED_BESIDES[kind]
  if (snapshot === null || besides === undefined) return snapshot
  return Object.fromEntries(Object.entries(snapshot).filter(([field]) => !besides.includes(field)))
}

function showsData({ event }: EventRecord, scopes: ReadonlySet<Scope>): boolean {
  const scope = scopeOfEvent(event)
  return scope !== undefined && scopes.has(scope)
}

/** How many of these events tell a client about people: then it is recorded that the client took them (R31). */
export function countShown(records: readonly EventRecord[], scopes: ReadonlySet<Scope>): number {
  return records.filter(record => isAboutPeople(record.event) && showsData(record, scopes)).length
}
