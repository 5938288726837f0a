import type { ActionContext } from '#actions/support/action-context.ts'
import { importCaller } from '#actions/support/imports/import-parts.ts'
import { inTransaction, type Transaction } from '#db/driver/transaction.ts'
import { findOpenImport } from '#db/imports/due-imports.ts'
import { insertHistory } from '#db/history/history.ts'
import { findUnitLine, listImportUnits } from '#db/imports/import-units.ts'
import { lockImport, updateImportAttempts, updateImportFailed } from '#db/imports/imports.ts'
import { isGivenUp } from '#domain/imports/import-attempts.ts'
import { importView, isOpen, type Import } from '#domain/imports/import.ts'
import type { ImportFault } from '#domain/imports/import-line.ts'

/** Whether a batch may be worked off now, the import is over, or an earlier one is not. */
export type Beginning = 'begun' | 'over' | 'waits'

/**
 * Counts a batch before it is worked off, so that also one that ends its process is not tried for ever. After several
 * in vain the import fails: what is done of it stays, and later imports go on.
 */
export async function beginImportBatch(context: ActionContext, import_id: string): Promise<Beginning> {
  return await inTransaction(context.database, async trx => {
    const entry = await lockImport(trx, import_id)
    if (entry === undefined || !isOpen(entry)) return 'over'
    if ((await findOpenImport(trx)) !== import_id) return 'waits'
    if (isGivenUp(entry.attempts)) {
      await fail(context, trx, entry)
      return 'over'
    }
    await trx.commitWith(updateImportAttempts(import_id, entry.attempts + 1))
    return 'begun'
  })
}

async function fail(context: ActionContext, trx: Transaction, entry: Import): Promise<void> {
  const { import_id } = entry
  const now = context.clock.now()
  const fault = await faultOf(trx, import_id)
  const before = importView(entry, now)
  const after = importView({ ...entry, state: 'failed', ended_at: now, fault }, now)
  await trx.commitWith(
    updateImportFailed({ import_id, now, fault }),
    insertHistory({ ...importCaller(entry), occurred_at: now }, [
      { event: 'import.failed', subject_id: import_id, before, after },
    ]),
  )
}

/** The unit that was tried alone, and its first line. */
async function faultOf(trx: Transaction, import_id: string): Promise<ImportFault> {
  const [unit] = await listImportUnits(trx, import_id, 1)
  const line = unit === undefined ? undefined : await findUnitLine(trx, import_id, unit)
  return { code: 'batch-failed', line: line ?? 1, column: null, ...(unit !== undefined && { found: unit.id }) }
}
