import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { compiled, type Statement } from '#db/driver/statement.ts'
import type { ImportFault } from '#domain/imports/import-line.ts'

/** The first line of the file of an import, and why the import failed. */
export type ImportText = { import_id: string; header: string[] | null; fault: ImportFault | null }

/** What imports say apart from their rows, locked. */
export async function lockImportTexts(db: Db): Promise<ImportText[]> {
  return await db.run(
    compiled(sql<ImportText>`
    select import_id, header, fault from imports
    where header is not null or fault is not null or state in ('received', 'running')
    order by import_id
    for no key update`),
  )
}

/** Puts other texts in place of those of an import. */
export function updateImportText({ import_id, header, fault }: ImportText): Statement<unknown> {
  const written = fault === null ? null : JSON.stringify(fault)
  return compiled(sql`
    update imports set header = ${header}::text[], fault = ${written}::jsonb where import_id = ${import_id}`)
}
