import type { DisclosureRecord } from '#domain/personal-data/disclosure.ts'

/** What an answer shows of a disclosure. */
export function disclosureView(record: DisclosureRecord) {
  const { disclosure_id, taken_at, ended_at, client, on_behalf_of, operation, format, purpose } = record
  const { filter, rows, state, request_id } = record
  return {
    disclosure_id,
    taken_at,
    ended_at,
    client,
    on_behalf_of,
    operation,
    format,
    purpose,
    filter: Object.keys(filter).length === 0 ? null : filter,
    rows,
    state,
    request_id,
  }
}
