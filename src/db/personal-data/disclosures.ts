import { sql } from 'kysely'
import { prepared, type Statement } from '#db/driver/statement.ts'
import type { Disclosure } from '#domain/personal-data/disclosure.ts'

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
