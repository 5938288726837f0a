/**
 * What a column that can hold text holds (R33). `personal`: data of people at customers. `mixed`: documents and notes,
 * in which such people are named. `staff`: ids of the vendor's own people and systems. `none`: nothing about a person.
 */
type DataKind = 'personal' | 'mixed' | 'staff' | 'none'

type Columns = Partial<Record<DataKind, readonly string[]>>

/**
 * Every column of every table that can hold text, by what it holds. A column that is missing here fails a test:
 * docs/personal-data.md says why each table is kept, and for how long.
 */
export const PERSONAL_DATA_REGISTER: Readonly<Record<string, Columns>> = {
  address_hash_key: { none: ['key'] },
  api_clients: { staff: ['name'], none: ['scopes', 'ip_ranges'] },
  api_keys: { none: ['digest', 'hint'] },
  application_forms: {
    none: ['contract_id', 'customer_id', 'form_version', 'channel', 'privacy_notice_version'],
  },
  apps: { none: ['app_id', 'name', 'kind'] },
  change_requests: {
    mixed: [
      'operations',
      'person_change',
      'requested_by',
      'confirmation',
      'confirmations',
      'reason',
      'refusals',
      'subject',
    ],
    staff: ['approved_by', 'filed_by'],
    none: ['contract_id', 'customer_id', 'state', 'needs_confirmation'],
  },
  contact_name_parts: { personal: ['part'] },
  contacts: {
    personal: ['family_name', 'given_name', 'name_key', 'search_text', 'email', 'email_key'],
    none: ['contract_id', 'customer_id', 'role', 'duties', 'privacy_notice_version'],
  },
  contract_apps: { none: ['contract_id', 'app_id'] },
  contracts: { none: ['contract_id', 'customer_id', 'product_id'] },
  customer_name_parts: { none: ['part', 'customer_id'] },
  customers: { none: ['customer_id', 'name', 'search_text'] },
  disclosures: {
    staff: ['client', 'on_behalf_of'],
    none: ['credential', 'operation', 'format', 'purpose', 'filter', 'request_id'],
  },
  drift_accounts: { personal: ['external_id', 'email', 'email_key'] },
  drift_lines: {
    personal: ['external_id', 'email', 'email_key', 'name', 'target_email', 'target_key'],
    mixed: ['errors'],
    none: ['kind', 'refusal'],
  },
  events: { none: ['hash', 'content'] },
  failed_authentications: { none: ['key'] },
  history: {
    mixed: ['before', 'after', 'requested_by'],
    staff: ['actor', 'on_behalf_of'],
    none: ['request_id', 'event', 'customer_id', 'contract_id', 'subject_id', 'source'],
  },
  idempotency_keys: { mixed: ['outcome'], staff: ['client'], none: ['key', 'fingerprint'] },
  import_rows: {
    personal: ['email_keys'],
    mixed: ['fields', 'cells', 'errors', 'problems', 'warnings', 'duplicates'],
    none: ['type', 'customer_id', 'contract_id', 'outcome'],
  },
  import_units: { none: ['kind', 'id', 'group_id'] },
  imports: {
    mixed: ['header', 'fault'],
    staff: ['authority'],
    none: ['state', 'media_type', 'on_problem', 'privacy_notice_version', 'request_id'],
  },
  kysely_migration: { none: ['name', 'timestamp'] },
  kysely_migration_lock: { none: ['id'] },
  left_addresses: { personal: ['email', 'email_key'] },
  product_bundled_apps: { none: ['product_id', 'app_id'] },
  products: { none: ['product_id', 'name'] },
  support_accounts: {
    personal: ['email', 'email_key', 'external_id'],
    none: ['customer_id', 'mail_state'],
  },
  webhook_deliveries: { none: ['type', 'state', 'error'] },
  webhook_endpoints: {
    staff: ['client'],
    none: ['credential', 'scopes', 'url', 'types', 'description', 'disabled_reason'],
  },
  webhook_secrets: { none: ['secret'] },
}

/** The tables that hold data of people at customers. */
export function personalTables(): string[] {
  return Object.entries(PERSONAL_DATA_REGISTER)
    .filter(([, { personal, mixed }]) => personal !== undefined || mixed !== undefined)
    .map(([table]) => table)
}
