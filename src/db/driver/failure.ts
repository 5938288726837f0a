import pg from 'pg'
import type { Refusal } from '#domain/refusal.ts'

// PostgreSQL error codes: https://www.postgresql.org/docs/18/errcodes-appendix.html
const CONFLICTS = new Set(['40001', '40P01'])
// The last two, an unknown table or column, mean that the database is not migrated to this release.
const OUTAGES = /^(08|53|58|57P|57014|55P03|25P03|28P01|3D000|42P01|42703)/
const SOCKET_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])
// The driver's own errors have no code.
const DRIVER_MESSAGES = [
  /connection (terminated|timeout|error)/i,
  /timeout (exceeded when trying to connect|expired)/i,
  /not queryable/i,
  /query read timeout/i,
  /after calling end/i,
]

/** Whether running the same transaction again can succeed: a deadlock or a serialisation conflict. */
export function isConflict(error: unknown): boolean {
  return CONFLICTS.has(codeOf(error))
}

/** Whether the database is away, stopping, out of room, or too slow to answer: the request may be repeated later. */
export function isOutage(error: unknown): boolean {
  const code = codeOf(error)
  if (OUTAGES.test(code) || SOCKET_CODES.has(code) || isMissingSocket(error)) return true
  if (error instanceof AggregateError) return error.errors.some(isOutage)
  if (!(error instanceof Error) || error instanceof pg.DatabaseError) return false
  return DRIVER_MESSAGES.some(pattern => pattern.test(error.message))
}

// The invariants that the database checks itself. The roster engine decides before it writes, under locks, so a
// violation means that a path avoided the engine; the client still gets the right refusal.
const REFUSAL_OF_CONSTRAINT: ReadonlyMap<string, Refusal> = new Map<string, Refusal>([
  ['contacts_one_primary_per_contract', { type: 'primary-exists' }],
  ['contacts_one_person_per_contract', { type: 'duplicate-contact' }],
  ['support_accounts_one_open_per_address', { type: 'email-taken' }],
  [
    'contracts_customer_fk',
    { type: 'unknown-reference', references: [{ pointer: '#/customer_id', resource: 'customer' }] },
  ],
  [
    'contracts_product_fk',
    { type: 'unknown-reference', references: [{ pointer: '#/product_id', resource: 'product' }] },
  ],
  ['contract_apps_app_fk', { type: 'unknown-reference', references: [{ pointer: '#/app_ids', resource: 'app' }] }],
  [
    'product_bundled_apps_app_fk',
    { type: 'unknown-reference', references: [{ pointer: '#/bundled_app_ids', resource: 'app' }] },
  ],
  ['contracts_term_order', { type: 'invalid-value', errors: [{ pointer: '#/ends_on', code: 'before-start' }] }],
])

/** The refusal that a violated constraint stands for, or undefined where none does. */
export function refusalOfViolation(error: unknown): Refusal | undefined {
  return error instanceof pg.DatabaseError ? REFUSAL_OF_CONSTRAINT.get(error.constraint ?? '') : undefined
}

/** A server that stops removes its Unix socket. */
function isMissingSocket(error: unknown): boolean {
  return codeOf(error) === 'ENOENT' && error instanceof Error && 'syscall' in error && error.syscall === 'connect'
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : ''
}
