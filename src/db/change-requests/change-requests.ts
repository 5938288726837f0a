import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import type { Due, DuePage } from '#db/due.ts'
import { first } from '#db/driver/first.ts'
import { compiled, prepared, sqlBuilder, type Statement } from '#db/driver/statement.ts'
import {
  requestsOfContract,
  type ChangeRequestFilter,
  type RequestPage,
} from '#db/change-requests/requests-of-contract.ts'
import { mentions } from '#db/fragments.ts'
import type { ChangeRequest } from '#domain/change-requests/change-request.ts'

/** The query of change requests. */
export const changeRequests = () =>
  sqlBuilder
    .selectFrom('change_requests')
    .select([
      'change_request_id',
      'contract_id',
      'customer_id',
      'state',
      'operations',
      'person_change',
      'subject',
      'confirm_removals',
      'concerns_contract',
      'requested_by',
      'effective_on',
      'needs_confirmation',
      'confirmation',
      'confirmations',
      'approved_by',
      'approved_at',
      'received_at',
      'filed_by',
      'closed_at',
      'reason',
      'refusals',
    ])
    .$castTo<ChangeRequest>() // the table's constraints hold what the type says

const findStatement = prepared<{ change_request_id: string }, ChangeRequest>(parameter =>
  changeRequests().where('change_request_id', '=', parameter('change_request_id')),
)

/** A change request in any state, without a lock. */
export async function findChangeRequest(db: Db, change_request_id: string): Promise<ChangeRequest | undefined> {
  return first(await db.run(findStatement({ change_request_id })))
}

const lockStatement = prepared<{ change_request_id: string }, ChangeRequest>(parameter =>
  changeRequests().where('change_request_id', '=', parameter('change_request_id')).forNoKeyUpdate(),
)

/** The request, locked against other decisions until this transaction ends. Locked before its contract. */
export async function lockChangeRequest(db: Db, change_request_id: string): Promise<ChangeRequest | undefined> {
  return first(
    await db.run({ ...lockStatement({ change_request_id }), locks: [`change_request ${change_request_id}`] }),
  )
}

/** A page of requests in the order in which they came in. */
export async function listChangeRequests(
  db: Db,
  filter: ChangeRequestFilter,
  page: RequestPage,
): Promise<ChangeRequest[]> {
  const { contract_id, customer_id, state } = filter
  const { after, limit } = page
  let query = changeRequests().where('change_request_id', '>', after)
  if (contract_id !== undefined)
    query = query.where('change_request_id', 'in', requestsOfContract(contract_id, filter, page))
  if (customer_id !== undefined) query = query.where('customer_id', '=', customer_id)
  if (state !== undefined) query = query.where('state', '=', state)
  return await db.run(compiled(query.orderBy('change_request_id').limit(limit)))
}

// Its state is written out, because an index of the scheduled alone serves no parameter.
const dueStatement = prepared<Due & { today: string; limit: number }, Due>(
  parameter => sql`
  select effective_on as day, change_request_id as id from change_requests
  where state = 'scheduled' and effective_on <= ${parameter('today')}
    and (effective_on, change_request_id) > (${parameter('day')}::date, ${parameter('id')})
  order by effective_on, change_request_id
  limit ${parameter('limit')}`,
)

/** Scheduled requests whose day has come, the earliest first. */
export async function listDueChangeRequests(db: Db, today: string, { after, limit }: DuePage): Promise<Due[]> {
  return await db.run(dueStatement({ today, ...after, limit }))
}

/** Adds a change request. */
export function insertChangeRequest(request: ChangeRequest): Statement<unknown> {
  return compiled(sqlBuilder.insertInto('change_requests').values({ ...request, ...documentsOf(request) }))
}

/** Writes a request as it is after a step, all but what never changes. */
export function updateChangeRequest(request: ChangeRequest): Statement<unknown> {
  const {
    change_request_id,
    contract_id: _contract,
    customer_id: _customer,
    received_at: _received,
    ...changeable
  } = request
  return compiled(
    sqlBuilder
      .updateTable('change_requests')
      .set({ ...changeable, ...documentsOf(request) })
      .where('change_request_id', '=', change_request_id),
  )
}

// The driver would write a list as a Postgres array.
const document = <T>(value: T) => sql<T>`${JSON.stringify(value)}::jsonb`

function documentsOf(request: ChangeRequest) {
  const { operations, person_change, requested_by, confirmation, approved_by } = request
  return {
    operations: document(operations),
    requested_by: document(requested_by),
    confirmation: confirmation === null ? null : document(confirmation),
    approved_by: approved_by === null ? null : document(approved_by),
    person_change: person_change === null ? null : document(person_change),
    confirmations: document(request.confirmations),
    refusals: document(request.refusals),
    filed_by: document(request.filed_by),
  }
}

export type RequestsOfPeople = {
  customer_ids: readonly string[]
  contract_ids: readonly string[]
  email_keys: readonly string[]
}

/**
 * Every request of these customers and contracts, and every other one, of whichever customer, whose documents hold one
 * of these addresses, in the order in which they came in. Reads the whole table.
 */
export async function listRequestsOfPeople(
  db: Db,
  { customer_ids, contract_ids, email_keys }: RequestsOfPeople,
): Promise<ChangeRequest[]> {
  const written = sql`concat(requested_by, operations, person_change, confirmations, subject, reason, refusals)`
  const query = changeRequests().where(
    sql<boolean>`(customer_id = any(${customer_ids}) or contract_id = any(${contract_ids})
      or ${mentions(written, email_keys)})`,
  )
  return await db.run(compiled(query.orderBy('change_request_id')))
}

/** Requests by their ids, locked against decisions until this transaction ends. Locked before their contracts. */
export async function lockChangeRequests(db: Db, change_request_ids: readonly string[]): Promise<ChangeRequest[]> {
  if (change_request_ids.length === 0) return []
  const query = changeRequests().where('change_request_id', 'in', change_request_ids)
  return await db.run(compiled(query.orderBy('change_request_id').forNoKeyUpdate()))
}
