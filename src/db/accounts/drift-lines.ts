import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { unprepared, type Statement } from '#db/driver/statement.ts'
import { fromPeopleInForce, personJson } from '#db/fragments.ts'
import type { ComparedLine, ReadLine } from '#domain/accounts/drift-line.ts'

/** Stores a batch of the lines of a report. */
export function insertDriftLines<Fault>(report_id: string, lines: readonly ReadLine<Fault>[]): Statement<unknown> {
  const rows = JSON.stringify(lines.map(storedLine))
  return unprepared(sql`
    insert into drift_lines (report_id, line, kind, external_id, email, email_key, name, is_suspended, refusal, errors,
      anchor)
    select ${report_id}::uuid, line, 'user', external_id, email, email_key, name, coalesce(is_suspended, false),
      refusal, errors, line
    from json_populate_recordset(null::drift_lines, ${rows}::json)`)
}

function storedLine<Fault>(read: ReadLine<Fault>): object {
  if (!('faults' in read)) return read
  const { line, external_id, faults } = read
  return { line, external_id, refusal: 'not_a_user', errors: faults }
}

export type DriftPosition = { anchor: number; depth: number; line: number }

/** A page of the lines of a report in the order of their steps, each with the contacts of its account on a day. */
export async function listDriftLines<Fault>(
  db: Db,
  report_id: string,
  today: string,
  { after, limit }: { after: DriftPosition; limit: number },
): Promise<ComparedLine<Fault>[]> {
  return await db.run(
    unprepared(sql<ComparedLine<Fault>>`
    select lines.line, lines.kind, lines.external_id, lines.email, lines.name, lines.is_suspended, lines.refusal,
      lines.errors, lines.repeats_line, lines.account_id, lines.is_open, lines.is_linked, lines.target_email,
      lines.is_freed, lines.anchor, lines.depth,
      case when lines.is_open then coalesce((
        select jsonb_agg(${personJson} order by person.contact_id)
        ${fromPeopleInForce(today)} and person.account_id = lines.account_id), '[]') else '[]' end as contacts
    from drift_lines lines
    where lines.report_id = ${report_id}
      and (lines.anchor, lines.depth, lines.line)
        > (${after.anchor}::integer, ${after.depth}::integer, ${after.line}::integer)
    order by lines.anchor, lines.depth, lines.line
    limit ${limit}`),
  )
}

/** Deletes what a report stored; and, with them, the reports that began before this UUIDv7 and were broken off. */
export function deleteDriftReports(report_id: string, before: string): Statement<unknown> {
  return unprepared(sql`
    with accounts as (
      delete from drift_accounts where report_id = ${report_id} or report_id < ${before})
    delete from drift_lines where report_id = ${report_id} or report_id < ${before}`)
}
