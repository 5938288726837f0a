import type { ActionContext } from '#actions/support/action-context.ts'
import { shareThing } from '#db/driver/locks.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import { findOpenImport } from '#db/imports/due-imports.ts'
import { lockImportPartition, updatePartitionAttempts } from '#db/imports/import-partitions.ts'
import { findImport } from '#db/imports/imports.ts'
import { isGivenUp } from '#domain/imports/import-attempts.ts'
import type { ImportPartition } from '#domain/imports/import-unit.ts'
import { isOpen } from '#domain/imports/import.ts'

/** Whether a batch may be worked off now, its partition is done or given up, or an earlier import is not over. */
export type Beginning = 'begun' | 'done' | 'waits'

/**
 * Counts a batch before it is worked off, so that also one that ends its process is not tried for ever: after several
 * in vain its partition is given up. It waits for erasures before it is counted: one that takes longer than a batch may
 * wait is no reason to give up.
 */
export async function beginImportBatch(
  context: ActionContext,
  { import_id, partition }: Pick<ImportPartition, 'import_id' | 'partition'>,
): Promise<Beginning> {
  return await inTransaction(context.database, async trx => {
    const [held, entry, open_id] = await Promise.all([
      lockImportPartition(trx, { import_id, partition }),
      findImport(trx, import_id),
      findOpenImport(trx),
    ])
    if (held === undefined || entry === undefined || !isOpen(entry)) return 'done'
    if (open_id !== import_id) return 'waits'
    if (isGivenUp(held.attempts)) return 'done'
    await shareThing(trx, 'imports', 'all')
    await trx.commitWith(updatePartitionAttempts({ ...held, attempts: held.attempts + 1 }))
    return 'begun'
  })
}
