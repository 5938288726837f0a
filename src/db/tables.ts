import type { ApplicationForm } from '#domain/contracts/application-form.ts'
import type { ChangeRequest } from '#domain/change-requests/change-request.ts'
import type { ImportPartition, ImportUnit } from '#domain/imports/import-unit.ts'
import type { Import, ImportRow, RowOutcome } from '#domain/imports/import.ts'
import type { RequestedBy } from '#domain/requester.ts'
import type { AppKind, ChangeSource, Duty, MailState, Role } from '#domain/vocabulary.ts'

// The tables as `migrations/` makes them. Dates are `YYYY-MM-DD`, times ISO 8601 in UTC: see `database.ts`.

export type Tables = {
  products: ProductsTable
  apps: AppsTable
  product_bundled_apps: { product_id: string; app_id: string; position: number }
  customers: CustomersTable
  contracts: ContractsTable
  contract_apps: { contract_id: string; app_id: string; position: number }
  support_accounts: SupportAccountsTable
  contacts: ContactsTable
  contact_name_parts: { is_removed: boolean; part: string; contact_id: string }
  customer_name_parts: { part: string; customer_id: string }
  residual_accesses: { account_id: string; contact_id: string; left_at: string; at_closing: boolean }
  left_addresses: LeftAddressesTable
  application_forms: ApplicationForm
  change_requests: ChangeRequestsTable
  history: HistoryTable
  events: { event_id: number; history_id: number; hash: Buffer; content: Buffer }
  address_hash_key: { only_row: boolean; key: Buffer }
  event_numbering: { only_row: boolean; settled_below: number; expired_until: number }
  expiries: { only_row: boolean; recorded_until: string }
  api_clients: ApiClientsTable
  api_keys: ApiKeysTable
  imports: ImportsTable
  import_rows: ImportRowsTable
  import_partitions: ImportPartition
  import_units: ImportUnit & { import_id: string; partition: number }
  idempotency_keys: { client: string; key: string; fingerprint: string; outcome: unknown; created_at: string }
}

type ProductsTable = {
  product_id: string
  name: string
  base_seats: number
  counts_apps: boolean
  counts_connections: boolean
  updated_at: string
}
type AppsTable = { app_id: string; name: string; kind: AppKind; updated_at: string }
type CustomersTable = { customer_id: string; name: string; updated_at: string; search_text: string }

type ContractsTable = {
  contract_id: string
  customer_id: string
  product_id: string
  connections: number
  starts_on: string
  ends_on: string | null
  seat_limit: number
  seats_used: number
  registered_at: string | null
  updated_at: string
  changed_at: string
  over_since: string | null
  end_recorded_at: string | null
  awaits_start: boolean
}

type SupportAccountsTable = {
  account_id: string
  customer_id: string
  email: string
  email_key: string
  opened_at: string
  closed_at: string | null
  password_set_at: string | null
  in_use_since: string
  mail_state: MailState
  external_id: string | null
  superseded_at: string | null
  erased_at: string | null
}

type LeftAddressesTable = {
  account_id: string
  contact_id: string
  email: string
  email_key: string
  held_from: string
  left_at: string
}

type ContactsTable = {
  contact_id: string
  contract_id: string
  customer_id: string
  account_id: string
  role: Role
  duties: Duty[]
  family_name: string
  given_name: string | null
  name_key: string
  search_text: string
  name_doubtful: boolean
  email: string
  email_key: string
  privacy_notice_version: string | null
  privacy_notice_shown_at: string | null
  registered_at: string
  first_registered_at: string
  carried_from: string | null
  removed_at: string | null
  erased_at: string | null
  updated_at: string
}

/** A column holds what any state of a request may have: `ChangeRequest` says which values come together. */
type ChangeRequestsTable = { [Column in keyof ChangeRequest]: ChangeRequest[Column] } & { erased_at: string | null }

type HistoryTable = {
  history_id: number
  occurred_at: string
  actor: string
  request_id: string
  event: string
  customer_id: string | null
  contract_id: string | null
  contact_id: string | null
  account_id: string | null
  change_request_id: string | null
  on_behalf_of: string | null
  source: ChangeSource
  requested_by: RequestedBy | null
  subject_id: string
  salt: string | null
  before: unknown
  after: unknown
}

type ApiClientsTable = {
  client_id: string
  name: string
  scopes: string[]
  ip_ranges: string[]
  names_requester: boolean
  expires_at: string
  created_at: string
  revoked_at: string | null
  parent_client_id: string | null
}

type ApiKeysTable = {
  key_id: string
  client_id: string
  digest: string
  hint: string
  created_at: string
  expires_at: string
  revoked_at: string | null
  last_used_at: string | null
}

/** Null in `received_at` while the file is being received: such an import is not listed. */
type ImportsTable = Omit<Import, 'received_at'> & { received_at: string | null }

type ImportRowsTable = Omit<ImportRow, 'fields'> & {
  import_id: string
  email_keys: string[]
  fields: ImportRow['fields']
  cells: string[] | null
} & { [Field in keyof Omit<RowOutcome, 'line'>]: RowOutcome[Field] | null }
