import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled, prepared } from '#db/driver/statement.ts'
import type { Due, DuePage } from '#db/due.ts'

type Ended = { until: string; id: string; limit: number }

const listPeopleStatement = prepared<Ended, Due>(
  parameter => sql`
  select ${sql.lit('-infinity')} as day, contact_id as id from contacts
  where removed_at < ${parameter('until')} and erased_at is null and contact_id > ${parameter('id')}::uuid
    and not exists (
      select from contacts other
      where other.email_key = contacts.email_key and other.name_key = contacts.name_key
        and other.customer_id = contacts.customer_id
        and (other.removed_at is null or other.removed_at >= ${parameter('until')}))
  order by contact_id
  limit ${parameter('limit')}`,
)

/** Contacts who are not erased, and whose person was removed from the last contract before a moment (R19, R33). */
export async function listPeopleToErase(db: Db, until: string, { after, limit }: DuePage): Promise<Due[]> {
  return await db.run(listPeopleStatement({ until, id: after.id, limit }))
}

// Written as in the index of these requests.
const OF_STRANGER = sql`state = 'rejected' and erased_at is null and requested_by ->> 'contact_id' is null`

const listRequestsStatement = prepared<Ended, Due>(
  parameter => sql`
  select ${sql.lit('-infinity')} as day, change_request_id as id from change_requests
  where ${OF_STRANGER} and closed_at < ${parameter('until')} and change_request_id > ${parameter('id')}::uuid
  order by change_request_id
  limit ${parameter('limit')}`,
)

/** Requests of people who are no contacts, rejected before a moment, whose content is not erased. */
export async function listRequestsToErase(db: Db, until: string, { after, limit }: DuePage): Promise<Due[]> {
  return await db.run(listRequestsStatement({ until, id: after.id, limit }))
}

/** Locks such a request; undefined where it is erased already. */
export async function lockRequestToErase(
  db: Db,
  { change_request_id, until }: { change_request_id: string; until: string },
): Promise<{ change_request_id: string } | undefined> {
  return first(
    await db.run(
      compiled(sql<{ change_request_id: string }>`
      select change_request_id from change_requests
      where ${OF_STRANGER} and closed_at < ${until} and change_request_id = ${change_request_id}
      for update`),
    ),
  )
}
