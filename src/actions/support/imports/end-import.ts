import type { ActionContext } from '#actions/support/action-context.ts'
import { importCaller } from '#actions/support/imports/import-parts.ts'
import { inTransaction, type Transaction } from '#db/driver/transaction.ts'
import { insertHistory } from '#db/history/history.ts'
import { lockImportPartitions } from '#db/imports/import-partitions.ts'
import { findUnitLine, listImportUnits } from '#db/imports/import-units.ts'
import { lockImport, updateImportEnded } from '#db/imports/imports.ts'
import { isGivenUp } from '#domain/imports/import-attempts.ts'
import type { ImportFault } from '#domain/imports/import-line.ts'
import type { ImportPartition, ImportUnit } from '#domain/imports/import-unit.ts'
import { importView, isOpen } from '#domain/imports/import.ts'

/**
 * Ends an import on whose partitions nothing is left to do (R39). It has failed where one of them was given up: what is
 * done of it stays, and later imports go on. `more` where units of a partition wait to be tried again.
 */
export async function endImport(context: ActionContext, import_id: string): Promise<'over' | 'more'> {
  return await inTransaction(context.database, async trx => {
    const [partitions, entry] = await Promise.all([lockImportPartitions(trx, import_id), lockImport(trx, import_id)])
    if (entry === undefined || !isOpen(entry)) return 'over'
    const left = await listLeft(trx, partitions)
    if (left.some(({ partition }) => !isGivenUp(partition.attempts))) return 'more'
    const now = context.clock.now()
    const fault = left[0] === undefined ? null : await faultOf(trx, import_id, left[0].unit)
    const state = fault === null ? ('finished' as const) : ('failed' as const)
    const ended = { ...entry, state, started_at: entry.started_at ?? now, ended_at: now, fault }
    await trx.commitWith(
      updateImportEnded(ended),
      insertHistory({ ...importCaller(entry), occurred_at: now }, [
        {
          event: `import.${state}`,
          subject_id: import_id,
          before: importView(entry, now),
          after: importView(ended, now),
        },
      ]),
    )
    return 'over'
  })
}

type Left = { partition: ImportPartition; unit: ImportUnit }

/** Of each partition that has units left the first, which was tried alone. */
async function listLeft(trx: Transaction, partitions: readonly ImportPartition[]): Promise<Left[]> {
  const left = await Promise.all(
    partitions.map(async partition =>
      (await listImportUnits(trx, partition, 1)).map((unit): Left => ({ partition, unit })),
    ),
  )
  return left.flat()
}

/** The unit that cannot be worked off, and its first line. */
async function faultOf(trx: Transaction, import_id: string, unit: ImportUnit): Promise<ImportFault> {
  const line = (await findUnitLine(trx, import_id, unit)) ?? 1
  return { code: 'batch-failed', line, column: null, found: unit.id }
}
