import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { compiled, type Statement } from '#db/driver/statement.ts'
import { mentions } from '#db/fragments.ts'

/** What a row of an import says, and what became of it. */
export type ImportRowText = {
  import_id: string
  line: number
  /** Whether the row still waits for its turn. */
  is_open: boolean
  fields: unknown
  cells: string[] | null
  errors: unknown
  problems: unknown
  warnings: unknown
  duplicates: unknown
}

/** The rows of imports about contracts of these customers, and those that hold an address. Reads the whole table. */
export async function listImportRowsToRedact(
  db: Db,
  of: { customer_ids: readonly string[]; email_keys: readonly string[] },
): Promise<ImportRowText[]> {
  return await db.run(
    compiled(sql<ImportRowText>`
    select import_id, line, outcome is null as is_open, fields, cells, errors, problems, warnings, duplicates
    from import_rows
    where contract_id in (select contract_id from contracts where customer_id = any(${of.customer_ids}))
      or ${mentions(sql`concat(email_keys, fields, cells, errors, problems, warnings, duplicates)`, of.email_keys)}
    order by import_id, line`),
  )
}

const json = (value: unknown) => sql`${value === null ? null : JSON.stringify(value)}::json`

/** Puts other texts in place of those of a row of an import. */
export function updateImportRowRedacted({
  import_id,
  line,
  ...row
}: Omit<ImportRowText, 'is_open'>): Statement<unknown> {
  return compiled(sql`
    update import_rows set email_keys = '{}', fields = ${json(row.fields)}, cells = ${row.cells}::text[],
      errors = ${json(row.errors)}, problems = ${json(row.problems)}, warnings = ${json(row.warnings)},
      duplicates = ${json(row.duplicates)}
    where import_id = ${import_id} and line = ${line}`)
}
