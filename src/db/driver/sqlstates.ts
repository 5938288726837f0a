/** The reasons why the database cannot do what a request asks, as answers name them. */
export type DatabaseOutage = 'database-away' | 'database-read-only' | 'database-full' | 'contended' | 'not-migrated'

/** What follows from an error of the database. */
export type Failure = {
  /** Whether the connection may run further statements, or another one has to. */
  connection: 'keep' | 'close'
  /** How often the same work runs at most, provided that its outcome is known. */
  attempts: number
  /** What the caller hears when it fails for good; undefined where the service itself is at fault. */
  outage: DatabaseOutage | undefined
}

/** Nothing that passes: the statement or its values are wrong. */
export const FAULT: Failure = { connection: 'keep', attempts: 1, outage: undefined }

/** The connection is no good: its server went away, or became another, or has forgotten what we prepared. */
export const ELSEWHERE: Failure = { connection: 'close', attempts: 2, outage: 'database-away' }

const CONFLICT: Failure = { connection: 'keep', attempts: 5, outage: 'contended' }
const OUTCOME_UNKNOWN: Failure = { connection: 'close', attempts: 1, outage: 'database-away' }
const READ_ONLY: Failure = { connection: 'close', attempts: 2, outage: 'database-read-only' }
const FULL: Failure = { connection: 'close', attempts: 1, outage: 'database-full' }
const LATER: Failure = { connection: 'keep', attempts: 1, outage: 'database-away' }
/** Others hold what it needs, and did not give it back in time. */
export const LOCKED: Failure = { connection: 'keep', attempts: 1, outage: 'contended' }
const NOT_MIGRATED: Failure = { connection: 'keep', attempts: 1, outage: 'not-migrated' }
// The server found itself inconsistent. Another connection may do better; if not, waiting does not help.
const INTERNAL: Failure = { connection: 'close', attempts: 2, outage: undefined }

/**
 * What an SQLSTATE means, by the whole code or by its class, which is its first two characters. A code that is not here
 * is a fault. See https://www.postgresql.org/docs/18/errcodes-appendix.html; PgBouncer uses the codes of class 08 too.
 */
const SQLSTATES: Readonly<Record<string, Failure>> = {
  '08': ELSEWHERE, // connection exceptions
  '08007': OUTCOME_UNKNOWN, // transaction_resolution_unknown
  '0A': ELSEWHERE, // feature_not_supported: "cached plan must not change result type", after a migration
  '25': ELSEWHERE, // the session is in another state of transaction than we know, or its transaction timed out
  '25006': READ_ONLY, // read_only_sql_transaction: a standby, or a primary that takes no writes
  '26': ELSEWHERE, // invalid_sql_statement_name: the prepared statement is gone
  '28': ELSEWHERE, // invalid_authorization_specification
  '34': ELSEWHERE, // invalid_cursor_name: so is the portal
  '3D': ELSEWHERE, // invalid_catalog_name: no such database here
  '3F': NOT_MIGRATED, // invalid_schema_name
  '40': CONFLICT, // transaction_rollback: a deadlock, a serialization failure
  '40003': OUTCOME_UNKNOWN, // statement_completion_unknown
  '42501': NOT_MIGRATED, // insufficient_privilege: the migration grants what this release needs
  '42703': NOT_MIGRATED, // undefined_column
  '42704': NOT_MIGRATED, // undefined_object
  '42883': NOT_MIGRATED, // undefined_function
  '42P01': NOT_MIGRATED, // undefined_table
  '42P03': ELSEWHERE, // duplicate_cursor
  '42P05': ELSEWHERE, // duplicate_prepared_statement: a pooler gave us the session of another client
  '42P11': ELSEWHERE, // invalid_cursor_definition
  '42P14': ELSEWHERE, // invalid_prepared_statement_definition
  '53': FULL, // insufficient_resources: disk, memory, connections
  '55000': ELSEWHERE, // object_not_in_prerequisite_state: the database accepts no connections
  '55006': LATER, // object_in_use
  '55P02': ELSEWHERE, // cant_change_runtime_param
  '55P03': LOCKED, // lock_not_available
  '57': ELSEWHERE, // operator_intervention: the server stops, starts, or ended the session
  '57014': LATER, // query_canceled: by its timeout, or by an operator
  '58': ELSEWHERE, // system_error: the server's files
  '72': CONFLICT, // snapshot_too_old
  F0: ELSEWHERE, // config_file_error
  XX: INTERNAL, // internal_error; data or an index are corrupted
}

/** What follows from an SQLSTATE. */
export function failureOfSqlstate(code: string): Failure {
  return SQLSTATES[code] ?? SQLSTATES[code.slice(0, 2)] ?? FAULT
}

/** Whether a server that sends this code has ended the session, and with it left open what became of the statement. */
export function endsSession(code: string): boolean {
  return /^(08|57P|25P03|25P04)/.test(code)
}
