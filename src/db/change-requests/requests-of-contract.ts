import { sql, type RawBuilder } from 'kysely'
import type { ChangeRequestState } from '#domain/vocabulary.ts'

export type ChangeRequestFilter = { contract_id?: string; customer_id?: string; state?: ChangeRequestState }

/** A page of change requests: how many, and after which. */
export type RequestPage = { after: string; limit: number }

/**
 * The ids of the change requests that concern a contract, as many as a page holds: its own, those of persons that have
 * changed it, and those of persons (R34) who were its contacts while the request was open, by their name and address of
 * now. Each part is bounded by itself, so that no part is sorted whole.
 */
export function requestsOfContract(
  contract_id: string,
  { customer_id, state }: ChangeRequestFilter,
  { after, limit }: RequestPage,
): RawBuilder<string> {
  const fits = sql.join(
    [
      sql`request.change_request_id > ${after}`,
      ...(customer_id === undefined ? [] : [sql`request.customer_id = ${customer_id}`]),
      ...(state === undefined ? [] : [sql`request.state = ${state}`]),
    ],
    sql` and `,
  )
  const page = sql`order by request.change_request_id limit ${limit}`
  const own = sql`(select request.change_request_id from change_requests request
      where request.contract_id = ${contract_id} and ${fits} ${page})`
  // History in the order of the index, so that it is read as far as the page goes.
  const applied = sql`(select request.change_request_id
      from (select distinct change_request_id from history
          where contract_id = ${contract_id} and contact_id is not null and change_request_id > ${after}
          order by change_request_id) entry
        join change_requests request on request.change_request_id = entry.change_request_id
      where ${fits} ${page})`
  const ofPeople = sql`(select request.change_request_id
      from (
          select email_key, name_key, customer_id, registered_at, null as removed_at from contacts
          where contract_id = ${contract_id} and removed_at is null
          union all
          select email_key, name_key, customer_id, registered_at, removed_at from contacts
          where contract_id = ${contract_id} and removed_at is not null) contact
        join contacts named on named.email_key = contact.email_key and named.name_key = contact.name_key
          and named.customer_id = contact.customer_id
        cross join lateral (select request.change_request_id from change_requests request
          where request.contract_id is null and request.person_change ->> 'contact_id' = named.contact_id::text
            and (contact.removed_at is null or contact.removed_at >= request.received_at)
            and (request.closed_at is null or contact.registered_at <= request.closed_at) and ${fits} ${page}) request
      ${page})`
  const parts = state === undefined || state === 'applied' ? [own, ofPeople, applied] : [own, ofPeople]
  return sql`(${sql.join(parts, sql` union `)})`
}
