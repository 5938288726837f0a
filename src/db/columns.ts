import { sql, type RawBuilder } from 'kysely'
import type { Operand } from '#db/driver/statement.ts'

/** A time inside JSON, in the form that times have everywhere else: ISO 8601 in UTC with milliseconds. */
export function isoTime(reference: string): RawBuilder<string> {
  return sql`to_char(${sql.ref(reference)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}

/** A contract that has not ended on a day (R28). */
export function hasNotEnded(alias: string, today: Operand<string>): RawBuilder<boolean> {
  return sql`(${sql.ref(`${alias}.ends_on`)} is null or ${sql.ref(`${alias}.ends_on`)} >= ${today})`
}
