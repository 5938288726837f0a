import type { ActionContext } from '#actions/support/action-context.ts'
import { withIdempotency, type IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import { insertHistory } from '#db/history/history.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import { lockImport, updateImportEnded } from '#db/imports/imports.ts'
import type { Caller } from '#domain/caller.ts'
import { importView, isOpen, type ImportView } from '#domain/imports/import.ts'
import { RefusedError } from '#domain/refusal.ts'

export type ImportCancelling = { import_id: string; caller: Caller; key?: IdempotencyKey | undefined }

/**
 * Stops an import between contracts: rows that are done stay done, and the others have no outcome. Batches that are at
 * work are undone. To cancel again changes nothing; an import that has ended otherwise is refused.
 */
export async function cancelImport(
  context: ActionContext,
  { import_id, caller, key }: ImportCancelling,
): Promise<IdempotentOutcome<ImportView>> {
  return await withIdempotency(context, key, async trx => {
    const entry = await lockImport(trx, import_id)
    if (entry === undefined) throw new RefusedError({ type: 'not-found', resource: 'import' })
    const now = context.clock.now()
    if (entry.state === 'cancelled') return { value: importView(entry, now), statements: [] }
    if (!isOpen(entry)) throw new RefusedError({ type: 'state-conflict', import_id, state: entry.state })
    const cancelled = { ...entry, state: 'cancelled' as const, ended_at: now, started_at: entry.started_at ?? now }
    const value = importView(cancelled, now)
    const before = importView(entry, now)
    return {
      value,
      statements: [
        updateImportEnded(cancelled),
        insertHistory({ ...caller, occurred_at: now }, [
          { event: 'import.cancelled', subject_id: import_id, before, after: value },
        ]),
      ],
    }
  })
}
