import type { Db } from '#db/driver/database.ts'
import type { Statement } from '#db/driver/statement.ts'
import { listImportRowsToRedact, updateImportRowRedacted, type ImportRowText } from '#db/imports/import-redaction.ts'
import { updateImportText, type ImportText } from '#db/imports/import-text-redaction.ts'
import { PERSON_ERASED } from '#domain/imports/import.ts'
import type { Redactor } from '#domain/personal-data/redactor.ts'
import { ERASED } from '#domain/erased-text.ts'

/**
 * The rows of imports that name people, without them; of a line of CSV nothing is left. A row that still waits is
 * refused when its turn comes: it would register an erased person again.
 */
export async function redactedImportRows(
  db: Db,
  of: { customer_ids: readonly string[]; email_keys: readonly string[] },
  redact: Redactor,
): Promise<Statement<unknown>[]> {
  const rows = await listImportRowsToRedact(db, of)
  return rows.flatMap(row => redactedRow(row, redact).map(updateImportRowRedacted))
}

function redactedRow({ is_open, ...row }: ImportRowText, redact: Redactor): Omit<ImportRowText, 'is_open'>[] {
  const { value, named } = redact(row, 'word')
  if (named.length === 0) return []
  const cells = row.cells?.map(() => ERASED) ?? null
  if (!is_open) return [{ ...value, cells }]
  return [{ ...row, cells, fields: {}, errors: [{ pointer: '', code: PERSON_ERASED }] }]
}

/** The first lines of files that name people, without them. */
export function redactedImportTexts(imports: readonly ImportText[], redact: Redactor): Statement<unknown>[] {
  return imports.flatMap(text => {
    const { value, named } = redact(text, 'word')
    return named.length === 0 ? [] : [updateImportText(value)]
  })
}
