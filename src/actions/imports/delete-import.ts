import type { ActionContext } from '#actions/support/action-context.ts'
import type { Statement } from '#db/driver/statement.ts'
import { inTransaction, type Transaction } from '#db/driver/transaction.ts'
import type { Due, DuePage } from '#db/due.ts'
import { insertHistory } from '#db/history/history.ts'
import { listExpiredImports } from '#db/imports/due-imports.ts'
import { lockImportPartitions } from '#db/imports/import-partitions.ts'
import { deleteAbandonedImport, deleteImport as deleteStatement, lockImport } from '#db/imports/imports.ts'
import type { Caller, Change } from '#domain/caller.ts'
import { importView, isOpen, type Import, type ImportView } from '#domain/imports/import.ts'
import { assertPreconditions, isMatched, type Preconditions } from '#domain/precondition.ts'
import { RefusedError } from '#domain/refusal.ts'
import { keptSince } from '#domain/personal-data/retention.ts'

/** After how many days a file that never came whole is deleted: its process died. */
const ABANDONED_AFTER = 1

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
    const entry = await lockIdle(trx, import_id)
    if (entry === undefined) throw new RefusedError({ type: 'not-found', resource: 'import' })
    const occurred_at = context.clock.now()
    const tags = tagsOf(importView(entry, occurred_at))
    assertPreconditions(preconditions, tags.find(tag => isMatched(preconditions, tag)) ?? tags[0] ?? null)
    if (isOpen(entry)) throw new RefusedError({ type: 'state-conflict', import_id, state: entry.state })
    await trx.commitWith(...deletion(entry, { ...caller, occurred_at }))
  })
}

/** Imports whose time after their end is over, and files that never came whole a day after they began to. */
export async function listExpired({ database, clock, retention }: ActionContext, page: DuePage): Promise<Due[]> {
  const now = clock.now()
  const moments = { until: keptSince(retention.ended_imports, now), abandoned: keptSince(ABANDONED_AFTER, now) }
  return await listExpiredImports(database, moments, page)
}

/**
 * Deletes an import whose time is over. Nothing happens where it is deleted already. Of a file that never came whole
 * history knows nothing, as no client does.
 */
export async function deleteExpiredImport(context: ActionContext, import_id: string, caller: Caller): Promise<void> {
  await inTransaction(context.database, async trx => {
    const entry = await lockIdle(trx, import_id)
    const now = context.clock.now()
    if (entry !== undefined) await trx.commitWith(...deletion(entry, { ...caller, occurred_at: now }))
    else await trx.commitWith(deleteAbandonedImport(import_id, keptSince(ABANDONED_AFTER, now)))
  })
}

/** The import, once no batch of it is at work: one that is undone writes to what would be deleted. */
async function lockIdle(trx: Transaction, import_id: string): Promise<Import | undefined> {
  const [, entry] = await Promise.all([lockImportPartitions(trx, import_id), lockImport(trx, import_id)])
  return entry
}

function deletion(entry: Import, change: Change): Statement<unknown>[] {
  const { import_id } = entry
  const before = importView(entry, change.occurred_at)
  return [
    deleteStatement(import_id),
    insertHistory(change, [{ event: 'import.deleted', subject_id: import_id, before }]),
  ]
}
