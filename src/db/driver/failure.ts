import pg from 'pg'
import { ConnectionError } from '#db/driver/connection-error.ts'
import {
  ELSEWHERE,
  endsSession,
  failureOfSqlstate,
  FAULT,
  LOCKED,
  type DatabaseOutage,
  type Failure,
} from '#db/driver/sqlstates.ts'
import { NoPlaceError } from '#db/driver/lock-places.ts'
import type { Refusal } from '#domain/refusal.ts'

/** What follows from an error: for its connection, for work that may run again, and for the caller. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ConnectionError) return error.has_alternative ? ELSEWHERE : { ...ELSEWHERE, attempts: 1 }
  if (error instanceof NoPlaceError) return LOCKED
  return error instanceof pg.DatabaseError ? failureOfSqlstate(error.code ?? '') : FAULT
}

/** Why the database could not do it now, so that the request may be repeated later; undefined for any other error. */
export function outageOf(error: unknown): DatabaseOutage | undefined {
  return failureOf(error).outage
}

/** Whether the server said no to the statement, and its session goes on: then it has undone what the statement did. */
export function isUndone(error: unknown): boolean {
  return error instanceof pg.DatabaseError && !endsSession(error.code ?? '')
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

/** The refusal that a violated constraint means, or undefined where it means none. */
export function refusalOfViolation(error: unknown): Refusal | undefined {
  return error instanceof pg.DatabaseError ? REFUSAL_OF_CONSTRAINT.get(error.constraint ?? '') : undefined
}
