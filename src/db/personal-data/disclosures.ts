import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { compiled, prepared, type Statement } from '#db/driver/statement.ts'
import type { Disclosure, DisclosureRecord } from '#domain/personal-data/disclosure.ts'
import type { Purpose } from '#domain/vocabulary.ts'

const INSERT = `insert into disclosures (disclosure_id, taken_at, client, credential, on_behalf_of, operation, format,
      purpose, filter, request_id, rows)
    select disclosure_id, taken_at, client, credential, on_behalf_of, operation, format, purpose, filter, request_id`
const RECORD = `as given (disclosure_id uuid, taken_at timestamptz, client text, credential text, on_behalf_of text,
      operation text, format text, purpose text, filter jsonb, request_id text)`

/**
 * R31: the statement of a list, which records in the same step who takes it and how many rows. The list reads one row
 * more than `most_rows`, to know whether another page follows; null where it has no pages.
 */
export function insertDisclosureWithList<Row>(
  { name, text, values }: Statement<Row>,
  disclosure: Disclosure,
  most_rows: number | null,
): Statement<Row> {
  const [record, most] = [`$${values.length + 1}::json`, `$${values.length + 2}::integer`]
  return {
    name: `disclosed-${name}`,
    text: `with list as materialized (${text}), disclosed as (
    ${INSERT}, least((select count(*) from list), ${most})
    from json_to_record(${record}) ${RECORD})
    select * from list`,
    values: [...values, JSON.stringify(disclosure), most_rows],
  }
}

/** R31: the record of a list whose rows are counted already, or of a file that begins, which has no count yet. */
export function insertDisclosure(disclosure: Disclosure, rows: number | null): Statement<unknown> {
  return {
    name: 'insert disclosure',
    text: `${INSERT}, $2::integer from json_to_record($1::json) ${RECORD}`,
    values: [JSON.stringify(disclosure), rows],
  }
}

/** How a file ended: all of it was sent, or it was broken off after at most so many rows. */
export type DisclosureEnd = { disclosure_id: string; ended_at: string; rows: number; is_complete: boolean }

export const insertDisclosureEnd = prepared<DisclosureEnd, unknown>(
  parameter => sql`
  insert into disclosure_ends (disclosure_id, ended_at, rows, is_complete)
  values (${parameter('disclosure_id')}, ${parameter('ended_at')}, ${parameter('rows')}, ${parameter('is_complete')})`,
)

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
