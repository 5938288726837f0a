import type { ActionContext } from '#actions/support/action-context.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import type { Due, DuePage } from '#db/due.ts'
import { insertHistory } from '#db/history.ts'
import { listExpiredImports } from '#db/due-imports.ts'
import { deleteImport as deleteStatement, lockImport } from '#db/imports.ts'
import type { Caller } from '#domain/caller.ts'
import { importView, isOpen, type ImportView } from '#domain/import.ts'
import { assertPreconditions, isMatched, type Preconditions } from '#domain/precondition.ts'
import { RefusedError } from '#domain/refusal.ts'

const DAY = 24 * 60 * 60 * 1000

/** How long the service keeps what was received, once an import has ended, in milliseconds. */
const KEPT = 30 * DAY

/** After how long a file that never came whole is deleted, in milliseconds: its process died. */
const ABANDONED_AFTER = DAY

export type ImportDeletion = {
  import_id: string
  preconditions: Preconditions
  /** The entity tags of the import, in each language. */
  tagsOf: (view: ImportView) => string[]
  caller: Caller
}

/** Deletes an import and everything that was received, at once. One that is not over has to be cancelled first. */
export async function deleteImport(
  context: ActionContext,
  { import_id, preconditions, tagsOf, caller }: ImportDeletion,
): Promise<void> {
  await inTransaction(context.database, async trx => {
    const entry = await lockImport(trx, import_id)
    if (entry === undefined) throw new RefusedError({ type: 'not-found', resource: 'import' })
    const occurred_at = context.clock.now()
    const tags = tagsOf(importView(entry, occurred_at))
    assertPreconditions(preconditions, tags.find(tag => isMatched(preconditions, tag)) ?? tags[0] ?? null)
    if (isOpen(entry)) throw new RefusedError({ type: 'state-conflict', import_id, state: entry.state })
    const before = { import_id, state: entry.state, dry_run: entry.dry_run }
    await trx.commitWith(
      deleteStatement(import_id),
      insertHistory({ ...caller, occurred_at }, [{ event: 'import.deleted', subject_id: import_id, before }]),
    )
  })
}

/** Imports whose time is over: 30 days after their end, and files that never came whole a day after they began to. */
export async function listExpired({ database, clock }: ActionContext, page: DuePage): Promise<Due[]> {
  const ago = (milliseconds: number): string => new Date(Date.parse(clock.now()) - milliseconds).toISOString()
  return await listExpiredImports(database, { until: ago(KEPT), abandoned: ago(ABANDONED_AFTER) }, page)
}

/** Deletes an import whose time is over. */
export async function deleteExpiredImport({ database }: ActionContext, import_id: string): Promise<void> {
  await inTransaction(database, async trx => await trx.commitWith(deleteStatement(import_id)))
}
