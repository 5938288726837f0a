import { listDisclosures, type DisclosureFilter, type DisclosurePosition } from '#db/personal-data/disclosure-pages.ts'
import { listHistory, type HistoryFilter } from '#db/history/history-lists.ts'
import type { HistoryPosition } from '#db/history/history.ts'
import { disclosureView } from '#domain/personal-data/disclosure-view.ts'
import type { DisclosureRecord } from '#domain/personal-data/disclosure.ts'
import { historyEntryView, type HistoryRecord } from '#domain/history/history-entry.ts'
import type { Scope } from '#domain/api-clients/scopes.ts'
import { disclosurePage, disclosurePositionOf } from '#http/request/personal-data/disclosure-position.ts'
import { historyPage, historyPositionOf } from '#http/request/history/history-position.ts'
import type { List } from '#http/response/list-answer.ts'
import type { Column } from '#http/response/list-formats.ts'

type HistoryItem = ReturnType<typeof historyEntryView>
type DisclosureItem = ReturnType<typeof disclosureView>

const HISTORY_COLUMNS: readonly Column<HistoryItem>[] = [
  ['history_id', item => item.history_id],
  ['event', item => item.event],
  ['subject_id', item => item.subject_id],
  ['occurred_at', item => item.occurred_at],
  ['client', item => item.client],
  ['on_behalf_of', item => item.on_behalf_of],
  ['request_id', item => item.request_id],
  ['source', item => item.source],
  ['change_request_id', item => item.change_request_id],
  ['requested_by', item => json(item.requested_by)],
  ['customer_id', item => item.customer_id],
  ['contract_id', item => item.contract_id],
  ['contact_id', item => item.contact_id],
  ['account_id', item => item.account_id],
  ['changed', item => item.changed.join(';')],
  ['before', item => json(item.before)],
  ['after', item => json(item.after)],
]

const DISCLOSURE_COLUMNS: readonly Column<DisclosureItem>[] = [
  ['disclosure_id', item => item.disclosure_id],
  ['taken_at', item => item.taken_at],
  ['ended_at', item => item.ended_at],
  ['client', item => item.client],
  ['on_behalf_of', item => item.on_behalf_of],
  ['operation', item => item.operation],
  ['format', item => item.format],
  ['purpose', item => item.purpose],
  ['filter', item => json(item.filter)],
  ['rows', item => item.rows],
  ['state', item => item.state],
  ['request_id', item => item.request_id],
]

/** The changes of everything that fit a filter. Terms of API clients are for those who may read these. */
export function historyList(
  filter: HistoryFilter,
  scopes: ReadonlySet<Scope>,
): List<HistoryPosition, HistoryRecord, HistoryItem> {
  return {
    type: 'history_entry',
    name: 'history',
    columns: HISTORY_COLUMNS,
    read: async (db, page) => await listHistory(db, filter, page),
    page: historyPage,
    position: historyPositionOf,
    view: record => historyEntryView(scopes.has('clients:read') ? record : withoutTerms(record)),
  }
}

function withoutTerms(record: HistoryRecord): HistoryRecord {
  return record.event.startsWith('api_client.') ? { ...record, before: null, after: null } : record
}

/** The record of who took which list out. It holds no people. */
export function disclosureList(filter: DisclosureFilter): List<DisclosurePosition, DisclosureRecord, DisclosureItem> {
  return {
    type: 'disclosure',
    name: 'disclosures',
    columns: DISCLOSURE_COLUMNS,
    is_of_people: false,
    read: async (db, page) => await listDisclosures(db, filter, page),
    page: disclosurePage,
    position: disclosurePositionOf,
    view: disclosureView,
  }
}

function json(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value)
}
