import type { ActionContext } from '#actions/support/action-context.ts'
import { beginImportBatch } from '#actions/support/imports/begin-import-batch.ts'
import { importContracts } from '#actions/support/imports/import-contracts.ts'
import { importCustomers } from '#actions/support/imports/import-customers.ts'
import { divideRows, importCaller, lostLineScopes, type ImportWork } from '#actions/support/imports/import-parts.ts'
import { importRosters } from '#actions/support/imports/import-rosters.ts'
import {
  OutrunBatchError,
  recordImportBatch,
  type HeldPartition,
  type ImportBatch,
} from '#actions/support/imports/record-import-batch.ts'
import { shareThing } from '#db/driver/locks.ts'
import { freshlyPlanning, inTransaction, type Transaction } from '#db/driver/transaction.ts'
import { lockImportPartition } from '#db/imports/import-partitions.ts'
import { listUnitRows } from '#db/imports/import-rows.ts'
import { deleteImportUnits, listImportUnits } from '#db/imports/import-units.ts'
import { findImport } from '#db/imports/imports.ts'
import { batchRows } from '#domain/imports/import-attempts.ts'
import { batchOf, BATCH_ROWS_BESIDE_REQUESTS, type ImportPartition } from '#domain/imports/import-unit.ts'
import { isOpen, PERSON_ERASED, type ImportRow, type RowOutcome } from '#domain/imports/import.ts'

/** What comes after a batch of a partition: the next, which is counted; nothing; or to wait for an earlier import. */
export type AfterBatch = 'more' | 'done' | 'waits'

type Key = Pick<ImportPartition, 'import_id' | 'partition'>

/** Thrown to undo what a dry run has written, with what became of the rows. */
class UndoneError extends Error {
  readonly batch: ImportBatch
  constructor(batch: ImportBatch) {
    super('a dry run changes nothing')
    this.batch = batch
  }
}

/**
 * Works off the next rows of a partition, as one transaction: what they change and what became of them are written
 * together, so that every row is accounted for once, whichever process dies when. Of all imports only the first runs.
 * `is_counted`: the batch before it, of this partition, has counted it among those that were begun.
 */
export async function runImportBatch(
  context: ActionContext,
  key: Key,
  { is_counted = false }: { is_counted?: boolean } = {},
): Promise<AfterBatch> {
  const beginning = is_counted ? 'begun' : await beginImportBatch(context, key)
  if (beginning !== 'begun') return beginning
  try {
    return await inTransaction(context.database, async named => {
      const trx = freshlyPlanning(named)
      const held = await lockOpen(trx, key)
      if (held === undefined) return 'done'
      if (!held.entry.dry_run) await shareThing(trx, 'imports', 'all')
      const batch = await workOff(context, { trx, written: planned(context, named) }, held)
      if (held.entry.dry_run) throw new UndoneError(batch)
      return await record(context, trx, held, batch)
    })
  } catch (error) {
    if (error instanceof UndoneError) return await recordDryRun(context, key, error.batch).catch(afterOutrun)
    return afterOutrun(error)
  }
}

/**
 * An import at full speed makes small tables large, and its statements are planned for the tables as they are. While
 * requests come, it writes customers, contracts and contacts no faster than they do, and as they do: to plan small
 * statements would take half their time. What it has received is as large as its file, and planned for each time.
 */
function planned({ pace }: ActionContext, named: Transaction): Transaction {
  return pace.givesWay() ? named : freshlyPlanning(named)
}

/** Locks a partition. Undefined where its import is over. */
async function lockOpen(trx: Transaction, key: Key): Promise<HeldPartition | undefined> {
  const [partition, entry] = await Promise.all([lockImportPartition(trx, key), findImport(trx, key.import_id)])
  return partition === undefined || entry === undefined || !isOpen(entry) ? undefined : { partition, entry }
}

/** Writes what a dry run would have done, unless another process has meanwhile. */
async function recordDryRun(context: ActionContext, key: Key, batch: ImportBatch): Promise<AfterBatch> {
  return await inTransaction(context.database, async named => {
    const trx = freshlyPlanning(named)
    const held = await lockOpen(trx, key)
    if (held === undefined) return 'done'
    await shareThing(trx, 'imports', 'all')
    const [next] = await listImportUnits(trx, key, 1)
    if (next?.id !== batch.units[0]?.id || next?.kind !== batch.units[0]?.kind) return 'more'
    return await record(context, trx, held, batch)
  })
}

function afterOutrun(error: unknown): AfterBatch {
  if (error instanceof OutrunBatchError) return error.after
  throw error
}

async function record(
  context: ActionContext,
  trx: Transaction,
  held: HeldPartition,
  batch: ImportBatch,
): Promise<AfterBatch> {
  if (batch.units.length > 0) await recordImportBatch(context, trx, held, batch)
  return batch.is_last ? 'done' : 'more'
}

/** `trx` reads what was received; `written` is the same transaction for what the rows change. */
async function workOff(
  context: ActionContext,
  { trx, written }: { trx: Transaction; written: Transaction },
  { partition, entry }: HeldPartition,
): Promise<ImportBatch> {
  const lost = await lostLineScopes(context, trx, entry, { isLocked: false })
  const turn = context.pace.turns()
  const work: ImportWork = { context, trx: written, entry, caller: importCaller(entry), lost, turn }
  const batch: ImportBatch = { units: [], outcomes: [], rows_erased: 0, lost, is_last: true }
  for (;;) {
    const most = batchRows(partition.attempts)
    const most_rows = context.pace.portion(most, Math.min(most, BATCH_ROWS_BESIDE_REQUESTS))
    const listed = await listImportUnits(trx, partition, most_rows + 1)
    const units = batchOf(listed, listed.length <= most_rows, most_rows)
    const rows = await listUnitRows(trx, entry.import_id, units)
    batch.outcomes.push(...(await workOffRows(work, rows)))
    batch.rows_erased += rows.filter(isErased).length
    batch.units.push(...units)
    batch.is_last = units.length === listed.length
    const next = listed[units.length]
    // A dry run forgets each batch, and so has to see a group as a whole.
    if (!entry.dry_run || next === undefined || next.group_id !== units.at(-1)?.group_id) return batch
    await trx.run(deleteImportUnits(entry.import_id, units))
  }
}

async function workOffRows(work: ImportWork, rows: readonly ImportRow[]): Promise<RowOutcome[]> {
  const { readable, refused } = divideRows(work, rows)
  const ofType = (...types: ImportRow['type'][]): ImportRow[] => readable.filter(({ type }) => types.includes(type))
  const customers = await importCustomers(work, ofType('customer'))
  const contracts = await importContracts(work, ofType('contract'))
  const unread = new Set([...refused, ...contracts].filter(isRefused).map(({ line }) => line))
  const refused_ids = new Set(rows.filter(({ line }) => unread.has(line)).map(({ contract_id }) => contract_id ?? ''))
  const rosters = await importRosters(work, ofType('roster', 'contact'), refused_ids)
  return [...refused, ...customers, ...contracts, ...rosters]
}

function isErased({ errors }: ImportRow): boolean {
  return errors?.some(({ code }) => code === PERSON_ERASED) === true
}

function isRefused({ outcome }: RowOutcome): boolean {
  return outcome === 'refused'
}
