import type { ActionContext } from '#actions/support/action-context.ts'
import { beginImportBatch } from '#actions/support/imports/begin-import-batch.ts'
import { importContracts } from '#actions/support/imports/import-contracts.ts'
import { importCustomers } from '#actions/support/imports/import-customers.ts'
import { divideRows, importCaller, type ImportWork } from '#actions/support/imports/import-parts.ts'
import { importRosters } from '#actions/support/imports/import-rosters.ts'
import { listUnitRows, updateRowOutcomes } from '#db/imports/import-rows.ts'
import { deleteImportUnits, listImportUnits } from '#db/imports/import-units.ts'
import { lockImport, updateImportProgress } from '#db/imports/imports.ts'
import { insertHistory } from '#db/history/history.ts'
import { freshlyPlanning, inTransaction, type Transaction } from '#db/driver/transaction.ts'
import { batchOf, type ImportUnit } from '#domain/imports/import-unit.ts'
import { attemptsAfter, batchRows } from '#domain/imports/import-attempts.ts'
import { importEvent } from '#domain/imports/import-progress.ts'
import { importView, isOpen, type Import, type ImportRow, type RowOutcome } from '#domain/imports/import.ts'
import type { ImportOutcome } from '#domain/vocabulary.ts'

/** What comes after a batch: the next, which is counted; nothing; or to wait until an earlier import is over. */
export type AfterBatch = 'more' | 'over' | 'waits'

/** A batch that is worked off: its units, what became of their rows, and whether others wait. */
type Batch = { units: ImportUnit[]; outcomes: RowOutcome[]; is_last: boolean }

/** Thrown to undo what a dry run has written, with what became of the rows. */
class UndoneError extends Error {
  readonly batch: Batch
  constructor(batch: Batch) {
    super('a dry run changes nothing')
    this.batch = batch
  }
}

/**
 * Works off the next rows of an import, as one transaction: what they change and what became of them are written
 * together, so that every row is accounted for once, whichever process dies when. Of all imports only the first runs.
 * `is_counted`: the batch before it, of this import, has counted it among those that were begun.
 */
export async function runImportBatch(
  context: ActionContext,
  import_id: string,
  { is_counted = false }: { is_counted?: boolean } = {},
): Promise<AfterBatch> {
  const beginning = is_counted ? 'begun' : await beginImportBatch(context, import_id)
  if (beginning !== 'begun') return beginning
  try {
    return await inTransaction(context.database, async named => {
      const trx = freshlyPlanning(named)
      const entry = await lockImport(trx, import_id)
      if (entry === undefined || !isOpen(entry)) return 'over'
      const batch = await workOff(context, trx, entry)
      if (entry.dry_run) throw new UndoneError(batch)
      await record(context, trx, entry, batch)
      return batch.is_last ? 'over' : 'more'
    })
  } catch (error) {
    if (error instanceof UndoneError) return await recordDryRun(context, import_id, error.batch)
    throw error
  }
}

/** Writes what a dry run would have done, unless another process has meanwhile. */
async function recordDryRun(context: ActionContext, import_id: string, batch: Batch): Promise<AfterBatch> {
  return await inTransaction(context.database, async trx => {
    const entry = await lockImport(trx, import_id)
    if (entry === undefined || !isOpen(entry)) return 'over'
    const [next] = await listImportUnits(trx, import_id, 1)
    if (next?.id !== batch.units[0]?.id || next?.kind !== batch.units[0]?.kind) return 'more'
    await record(context, trx, entry, batch)
    return batch.is_last ? 'over' : 'more'
  })
}

async function workOff(context: ActionContext, trx: Transaction, entry: Import): Promise<Batch> {
  const work: ImportWork = { context, trx, entry, caller: importCaller(entry), turn: context.pace.turns() }
  const batch: Batch = { units: [], outcomes: [], is_last: true }
  for (;;) {
    const most_rows = context.pace.portion(batchRows(entry.attempts))
    const listed = await listImportUnits(trx, entry.import_id, most_rows + 1)
    const units = batchOf(listed, listed.length <= most_rows, most_rows)
    batch.outcomes.push(...(await workOffRows(work, await listUnitRows(trx, entry.import_id, units))))
    batch.units.push(...units)
    batch.is_last = units.length === listed.length
    const next = listed[units.length]
    // A dry run forgets each batch, and so has to see a group as a whole.
    if (!entry.dry_run || next === undefined || next.group_id !== units.at(-1)?.group_id) return batch
    await trx.run(deleteImportUnits(entry.import_id, units))
  }
}

async function workOffRows(work: ImportWork, rows: readonly ImportRow[]): Promise<RowOutcome[]> {
  const { readable, refused } = await divideRows(work, rows)
  const ofType = (...types: ImportRow['type'][]): ImportRow[] => readable.filter(({ type }) => types.includes(type))
  const customers = await importCustomers(work, ofType('customer'))
  const contracts = await importContracts(work, ofType('contract'))
  const unread = new Set([...refused, ...contracts].filter(isRefused).map(({ line }) => line))
  const refused_ids = new Set(rows.filter(({ line }) => unread.has(line)).map(({ contract_id }) => contract_id ?? ''))
  const rosters = await importRosters(work, ofType('roster', 'contact'), refused_ids)
  return [...refused, ...customers, ...contracts, ...rosters]
}

function isRefused({ outcome }: RowOutcome): boolean {
  return outcome === 'refused'
}

async function record(context: ActionContext, trx: Transaction, entry: Import, batch: Batch): Promise<void> {
  const { import_id } = entry
  const { units, outcomes, is_last } = batch
  const now = context.clock.now()
  const state = is_last ? ('finished' as const) : ('running' as const)
  const count = (outcome: ImportOutcome): number => outcomes.filter(row => row.outcome === outcome).length
  const counts = {
    rows_created: count('created'),
    rows_changed: count('changed'),
    rows_unchanged: count('unchanged'),
    rows_refused: count('refused'),
    rows_skipped: count('skipped'),
  }
  const after = { ...entry, state, ...timesOf(entry, now, is_last), ...sums(entry, counts) }
  const event = importEvent(entry, after)
  await trx.commitWith(
    ...(units.length === 0 ? [] : [deleteImportUnits(import_id, units)]),
    ...(outcomes.length === 0 ? [] : [updateRowOutcomes(import_id, outcomes)]),
    updateImportProgress({ import_id, now, state, attempts: attemptsAfter(entry.attempts, is_last), ...counts }),
    ...(event === null ? [] : [progressEntry(event, entry, after, now)]),
  )
}

function timesOf({ started_at }: Import, now: string, is_last: boolean) {
  return { started_at: started_at ?? now, ended_at: is_last ? now : null }
}

type Counts = Pick<Import, `rows_${ImportOutcome}`>

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
