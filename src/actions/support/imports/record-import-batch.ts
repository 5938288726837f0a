import type { ActionContext } from '#actions/support/action-context.ts'
import { importCaller, lostLineScopes } from '#actions/support/imports/import-parts.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import { insertHistory } from '#db/history/history.ts'
import { updatePartitionAttempts } from '#db/imports/import-partitions.ts'
import { updateRowOutcomes } from '#db/imports/import-rows.ts'
import { deleteImportUnits } from '#db/imports/import-units.ts'
import { lockImport, updateImportProgress } from '#db/imports/imports.ts'
import { attemptsAfter } from '#domain/imports/import-attempts.ts'
import { importEvent } from '#domain/imports/import-progress.ts'
import type { ImportPartition, ImportUnit } from '#domain/imports/import-unit.ts'
import { importView, isOpen, type Import, type RowOutcome } from '#domain/imports/import.ts'
import type { Scope } from '#domain/api-clients/scopes.ts'
import type { ImportOutcome } from '#domain/vocabulary.ts'

/** A batch that is worked off. */
export type ImportBatch = {
  units: ImportUnit[]
  /** What became of the rows of its units. */
  outcomes: RowOutcome[]
  /** Of how many rows an erasure had left nothing. */
  rows_erased: number
  /** The scopes of lines that the client had lost. */
  lost: readonly Scope[]
  /** Whether no other units of its partition wait. */
  is_last: boolean
}

/** A partition that no other process works on, and its import as it was when the batch began. */
export type HeldPartition = { partition: ImportPartition; entry: Import }

/** Thrown to undo a batch: its import has ended since it began, or what it was made from has changed. */
export class OutrunBatchError extends Error {
  override name = 'OutrunBatchError'
  readonly after: 'done' | 'more'
  constructor(after: 'done' | 'more') {
    super('another transaction has changed what the batch was made from')
    this.after = after
  }
}

/**
 * Writes what became of a batch, and commits. The import is locked last, so that its partitions wait for each other
 * only while one commits. Throws OutrunBatchError where, since the batch began, the import has ended or its client got
 * or lost rights, or where an erasure has taken a person out of rows that a dry run had judged before (R33).
 */
export async function recordImportBatch(
  context: ActionContext,
  trx: Transaction,
  { partition, entry: begun }: HeldPartition,
  { units, outcomes, rows_erased, lost, is_last }: ImportBatch,
): Promise<void> {
  const { import_id } = partition
  const [, erased_now, lost_now, entry] = await Promise.all([
    trx.run(deleteImportUnits(import_id, units)),
    updateRowOutcomes(trx, import_id, outcomes),
    lostLineScopes(context, trx, begun, { isLocked: true }),
    lockImport(trx, import_id),
  ])
  if (entry === undefined || !isOpen(entry)) throw new OutrunBatchError('done')
  if (erased_now !== rows_erased || lost_now.join() !== lost.join()) throw new OutrunBatchError('more')
  const now = context.clock.now()
  const counts = countsOf(outcomes)
  const after = { ...entry, state: 'running' as const, started_at: entry.started_at ?? now, ...sums(entry, counts) }
  const event = importEvent(entry, after)
  await trx.commitWith(
    updateImportProgress({ import_id, now, ...counts }),
    updatePartitionAttempts({ ...partition, attempts: attemptsAfter(partition.attempts, is_last) }),
    ...(event === null ? [] : [progressEntry(event, entry, after, now)]),
  )
}

type Counts = Pick<Import, `rows_${ImportOutcome}`>

function countsOf(outcomes: readonly RowOutcome[]): Counts {
  const count = (outcome: ImportOutcome): number => outcomes.filter(row => row.outcome === outcome).length
  return {
    rows_created: count('created'),
    rows_changed: count('changed'),
    rows_unchanged: count('unchanged'),
    rows_refused: count('refused'),
    rows_skipped: count('skipped'),
  }
}

function sums(entry: Import, added: Counts): Counts {
  return {
    rows_created: entry.rows_created + added.rows_created,
    rows_changed: entry.rows_changed + added.rows_changed,
    rows_unchanged: entry.rows_unchanged + added.rows_unchanged,
    rows_refused: entry.rows_refused + added.rows_refused,
    rows_skipped: entry.rows_skipped + added.rows_skipped,
  }
}

function progressEntry(event: string, before: Import, after: Import, occurred_at: string) {
  return insertHistory({ ...importCaller(before), occurred_at }, [
    {
      event,
      subject_id: before.import_id,
      before: importView(before, occurred_at),
      after: importView(after, occurred_at),
    },
  ])
}
