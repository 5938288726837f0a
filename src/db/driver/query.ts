import type pg from 'pg'
import type { Statement } from '#db/driver/statement.ts'

/** A statement as the driver takes it. */
export function queryOf({ name, text, values }: Statement<unknown>): pg.QueryConfig {
  return { name, text, values: values as unknown[] }
}
