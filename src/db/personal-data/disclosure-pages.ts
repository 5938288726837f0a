import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { compiled } from '#db/driver/statement.ts'
import type { DisclosureRecord } from '#domain/personal-data/disclosure.ts'
import type { Purpose } from '#domain/vocabulary.ts'

export type DisclosureFilter = {
  client?: string | undefined
  operation?: string | undefined
  purpose?: Purpose | undefined
  from?: string | undefined
  to?: string | undefined
}

export type DisclosurePosition = { taken_at: string; disclosure_id: string }

/** A page of the lists that were taken out, the newest first. `from` belongs to the range, `to` does not. */
export async function listDisclosures(
  db: Db,
  { client, operation, purpose, from, to }: DisclosureFilter,
  { after, limit }: { after: DisclosurePosition; limit: number },
): Promise<DisclosureRecord[]> {
  const conditions = [
    sql`(disclosure.taken_at, disclosure.disclosure_id)
      < (${after.taken_at}::timestamptz, ${after.disclosure_id}::uuid)`,
    ...(client === undefined ? [] : [sql`disclosure.client = ${client}`]),
    ...(operation === undefined ? [] : [sql`disclosure.operation = ${operation}`]),
    ...(purpose === undefined ? [] : [sql`disclosure.purpose = ${purpose}`]),
    ...(from === undefined ? [] : [sql`disclosure.taken_at >= ${from}::timestamptz`]),
    ...(to === undefined ? [] : [sql`disclosure.taken_at < ${to}::timestamptz`]),
  ]
  return await db.run(
    compiled(sql<DisclosureRecord>`
    select disclosure.disclosure_id, disclosure.taken_at, disclosure.client, disclosure.credential,
      disclosure.on_behalf_of, disclosure.operation, disclosure.format, disclosure.purpose, disclosure.filter,
      disclosure.request_id,
      case when disclosure.rows is null then ending.ended_at else disclosure.taken_at end as ended_at,
      coalesce(disclosure.rows, ending.rows) as rows,
      case
        when disclosure.rows is not null or ending.is_complete then 'complete'
        when ending.is_complete is null then 'begun'
        else 'broken_off'
      end as state
    from disclosures disclosure left join disclosure_ends ending using (disclosure_id)
    where ${sql.join(conditions, sql` and `)}
    order by disclosure.taken_at desc, disclosure.disclosure_id desc
    limit ${limit}`),
  )
}
