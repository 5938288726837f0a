import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled, prepared, sqlBuilder, type Statement } from '#db/driver/statement.ts'
import type { ImportFault } from '#domain/imports/import-line.ts'
import type { Import, ImportCounts, ImportOptions } from '#domain/imports/import.ts'
import type { ImportState } from '#domain/vocabulary.ts'

const COLUMNS = [
  'import_id',
  'state',
  'media_type',
  'header',
  'dry_run',
  'on_problem',
  'accept_over_limit',
  'privacy_notice_version',
  'authority',
  'request_id',
  'received_at',
  'started_at',
  'touched_at',
  'ended_at',
  'fault',
  'rows_total',
  'rows_created',
  'rows_changed',
  'rows_unchanged',
  'rows_refused',
  'rows_skipped',
] as const

// An import is there for clients once its file is received.
const imports = () =>
  sqlBuilder
    .selectFrom('imports')
    .select(COLUMNS)
    .where('received_at', 'is not', null)
    .$narrowType<{ received_at: string }>()

const findStatement = prepared<{ import_id: string }, Import>(parameter =>
  imports().where('import_id', '=', parameter('import_id')),
)

/** An import in any state, without a lock. */
export async function findImport(db: Db, import_id: string): Promise<Import | undefined> {
  return first(await db.run(findStatement({ import_id })))
}

const lockStatement = prepared<{ import_id: string }, Import>(parameter =>
  imports().where('import_id', '=', parameter('import_id')).forUpdate(),
)

/** The import, of which no other transaction counts what is done, or ends it, until this one ends. */
export async function lockImport(db: Db, import_id: string): Promise<Import | undefined> {
  return first(await db.run(lockStatement({ import_id })))
}

const listStatement = prepared<{ state: ImportState | null; after: string; limit: number }, Import>(parameter =>
  imports()
    .where(sql<boolean>`(${parameter('state')}::text is null or state = ${parameter('state')})`)
    .where(sql<boolean>`import_id < ${parameter('after')}::uuid`)
    .orderBy('import_id', 'desc')
    .limit(parameter('limit')),
)

/** A page of imports, the newest first. */
export async function listImports(
  db: Db,
  { state }: { state?: ImportState },
  page: { after: string; limit: number },
): Promise<Import[]> {
  return await db.run(listStatement({ state: state ?? null, ...page }))
}

type NewImport = ImportOptions & Pick<Import, 'import_id' | 'media_type' | 'header' | 'authority' | 'request_id'>

/** Inserts an import whose file is being received; false where there is one with this id. */
export async function insertImport(db: Db, { authority, ...entry }: NewImport, touched_at: string): Promise<boolean> {
  const inserted = await db.run(
    compiled(
      sqlBuilder
        .insertInto('imports')
        .values({
          ...entry,
          authority: sql`${JSON.stringify(authority)}::jsonb`,
          touched_at,
          state: 'received',
          ...NO_ROWS,
        })
        .onConflict(conflict => conflict.column('import_id').doNothing())
        .returning('import_id'),
    ),
  )
  return inserted.length > 0
}

const NO_ROWS: ImportCounts = {
  rows_total: 0,
  rows_created: 0,
  rows_changed: 0,
  rows_unchanged: 0,
  rows_refused: 0,
  rows_skipped: 0,
}

/** Makes an import known whose file is received, or could not be read. */
export function updateImportReceived(
  import_id: string,
  received_at: string,
  { rows_total, rows_refused, fault }: { rows_total: number; rows_refused: number; fault: ImportFault | null },
): Statement<unknown> {
  return compiled(
    sqlBuilder
      .updateTable('imports')
      .set({
        received_at,
        touched_at: received_at,
        rows_total,
        rows_refused,
        state: fault === null ? 'received' : 'failed',
        ended_at: fault === null ? null : received_at,
        fault: fault === null ? null : sql`${JSON.stringify(fault)}::jsonb`,
      })
      .where('import_id', '=', import_id),
  )
}

/** Keeps the cells of a CSV file's header, which the report gives back. */
export function updateImportHeader(import_id: string, header: readonly string[] | null): Statement<unknown> {
  return compiled(
    sqlBuilder
      .updateTable('imports')
      .set({ header: header === null ? null : [...header] })
      .where('import_id', '=', import_id),
  )
}

type Progress = Omit<ImportCounts, 'rows_total'> & {
  import_id: string
  now: string
}

const progressStatement = prepared<Progress, unknown>(
  parameter => sql`
  update imports set state = 'running', touched_at = ${parameter('now')},
    started_at = coalesce(started_at, ${parameter('now')}),
    rows_created = rows_created + ${parameter('rows_created')},
    rows_changed = rows_changed + ${parameter('rows_changed')},
    rows_unchanged = rows_unchanged + ${parameter('rows_unchanged')},
    rows_refused = rows_refused + ${parameter('rows_refused')},
    rows_skipped = rows_skipped + ${parameter('rows_skipped')}
  where import_id = ${parameter('import_id')}`,
)

/** Adds what a batch has done to the counts of its import, which is at work. */
export function updateImportProgress(progress: Progress): Statement<unknown> {
  return progressStatement(progress)
}

/** Ends an import. One that fails has a fault, another has none. */
export function updateImportEnded({
  import_id,
  state,
  started_at,
  ended_at,
  fault,
}: Pick<Import, 'import_id' | 'state' | 'started_at' | 'fault'> & { ended_at: string }): Statement<unknown> {
  return compiled(
    sqlBuilder
      .updateTable('imports')
      .set({
        state,
        started_at,
        touched_at: ended_at,
        ended_at,
        fault: fault === null ? null : sql`${JSON.stringify(fault)}::jsonb`,
      })
      .where('import_id', '=', import_id),
  )
}

/** Deletes what was received of a file that never came whole, and began to come before a moment. */
export function deleteAbandonedImport(import_id: string, before: string): Statement<unknown> {
  return compiled(
    sqlBuilder
      .deleteFrom('imports')
      .where('import_id', '=', import_id)
      .where('received_at', 'is', null)
      .where('touched_at', '<', before),
  )
}

/** Deletes an import with everything that was received. */
export function deleteImport(import_id: string): Statement<unknown> {
  return compiled(sqlBuilder.deleteFrom('imports').where('import_id', '=', import_id))
}
