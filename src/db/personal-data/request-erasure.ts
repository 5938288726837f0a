import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { compiled, type Statement } from '#db/driver/statement.ts'
import type { RedactedEntry } from '#db/personal-data/erasures.ts'

/** Every entry of history about a change request, and about the changes that it made. */
export async function listHistoryOfRequest(
  db: Db,
  { change_request_id, customer_id, received_at }: RequestPlace,
): Promise<RedactedEntry[]> {
  return await db.run(
    compiled(sql<RedactedEntry>`
    select history_id, before, after, requested_by from history
    where customer_id = ${customer_id} and occurred_at >= ${received_at}
      and (change_request_id = ${change_request_id} or subject_id = ${change_request_id})
    order by history_id`),
  )
}

type RequestPlace = { change_request_id: string; customer_id: string; received_at: string }

/** Says that the content of a request is erased. */
export function updateRequestErased(change_request_id: string, erased_at: string): Statement<unknown> {
  return compiled(sql`
    update change_requests set erased_at = ${erased_at} where change_request_id = ${change_request_id}`)
}
