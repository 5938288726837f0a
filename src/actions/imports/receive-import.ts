import type { ActionContext } from '#actions/support/action-context.ts'
import { importCaller } from '#actions/support/imports/import-parts.ts'
import { oneBehind } from '#actions/support/one-behind.ts'
import { withIdempotency, type IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import { inTransaction, type Transaction } from '#db/driver/transaction.ts'
import { insertHistory } from '#db/history/history.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import {
  deleteImportRows,
  insertImportRows,
  listCrowdedRows,
  updateUnfitRows,
  type ReceivedRow,
} from '#db/imports/import-rows.ts'
import { insertImportPartitions } from '#db/imports/import-partitions.ts'
import { insertImportUnits, listMeetingGroups, updateUnitGroups } from '#db/imports/import-units.ts'
import {
  deleteImport,
  findImport,
  insertImport,
  updateImportHeader,
  updateImportReceived,
} from '#db/imports/imports.ts'
import { UnreadableImportError, type ImportFault } from '#domain/imports/import-line.ts'
import { CROWDED, MOST_CONTACT_ROWS, PARTITIONS } from '#domain/imports/import-unit.ts'
import { joinedGroups } from '#domain/imports/joined-groups.ts'
import { importView, type Import, type ImportOptions, type ImportView } from '#domain/imports/import.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { Authority } from '#domain/api-clients/rights.ts'

/** The rows of a file as they are received; the header, if the file has one, is read before. */
export type ReceivedFile = { header: readonly string[] | null; rows: AsyncIterable<readonly ReceivedRow[]> }

export type ImportReceipt = {
  options: ImportOptions
  media_type: string
  authority: Authority
  request_id: string
  /** Begins to read the file. Throws UnreadableImportError where it cannot be read, as its rows may. */
  open: () => Promise<ReceivedFile>
  /** The key of the request, which digests the file: known once all of it is read. */
  key: () => IdempotencyKey | undefined
}

type Received = {
  header: readonly string[] | null
  rows_total: number
  rows_refused: number
  fault: ImportFault | null
}

/**
 * Takes a file in, batch by batch, and sends the job that works it off (R39). Of a file that cannot be read nothing is
 * kept but the import, which has failed. Refuses a file with nothing in it.
 */
export async function receiveImport(
  context: ActionContext,
  receipt: ImportReceipt,
): Promise<IdempotentOutcome<ImportView>> {
  const { options, media_type, authority, request_id } = receipt
  const import_id = context.newId()
  const entry = { import_id, media_type, header: null, authority, request_id, ...options }
  const now = context.clock.now()
  const isNew = await inTransaction(context.database, async trx => await insertImport(trx, entry, now))
  if (!isNew) return await repeatImport(context, receipt)
  try {
    const received = await receiveRows(context, import_id, receipt)
    if (received.rows_total === 0 && received.fault === null)
      throw new RefusedError({ type: 'invalid-request', errors: [{ pointer: '#', code: 'no-rows' }] })
    const outcome = await acceptImport(context, import_id, receipt, received)
    if (outcome.replayed) await discard(context, import_id)
    return outcome
  } catch (error) {
    await discard(context, import_id).catch(() => {}) // the job that deletes what is left over will do it
    throw error
  }
}

/** Reads a file to the end, to know its key: its import has an id that is given already, as in the demonstration. */
async function repeatImport(
  context: ActionContext,
  { open, key }: ImportReceipt,
): Promise<IdempotentOutcome<ImportView>> {
  try {
    const { rows } = await open()
    const reading = rows[Symbol.asyncIterator]()
    while ((await reading.next()).done !== true);
  } catch (error) {
    if (!(error instanceof UnreadableImportError)) throw error
  }
  return await withIdempotency<ImportView>(context, key(), async () => {
    throw new Error('the id of an import comes twice')
  })
}

/** Reads the rows, and inserts them while it reads on. */
async function receiveRows(context: ActionContext, import_id: string, { open }: ImportReceipt): Promise<Received> {
  const received: Received = { header: null, rows_total: 0, rows_refused: 0, fault: null }
  const inserting = oneBehind()
  try {
    const { header, rows } = await open()
    received.header = header
    for await (const batch of joinedBatches(rows)) {
      await inserting.begin(
        async () => await inTransaction(context.database, async trx => await insertImportRows(trx, import_id, batch)),
      )
      received.rows_total += batch.length
      received.rows_refused += batch.filter(({ outcome }) => outcome === 'refused').length
    }
    return received
  } catch (error) {
    if (!(error instanceof UnreadableImportError)) throw error
    return { header: received.header, rows_total: 0, rows_refused: 0, fault: error.fault }
  } finally {
    await inserting.end()
  }
}

/** How many rows are inserted as one transaction, at least: each waits for the disk. */
const INSERTED_ROWS = 400

async function* joinedBatches(batches: ReceivedFile['rows']): AsyncGenerator<ReceivedRow[], void> {
  let rows: ReceivedRow[] = []
  for await (const batch of batches) {
    rows.push(...batch)
    if (rows.length < INSERTED_ROWS) continue
    yield rows
    rows = []
  }
  if (rows.length > 0) yield rows
}

async function acceptImport(
  context: ActionContext,
  import_id: string,
  { key }: ImportReceipt,
  { header, fault, ...counts }: Received,
): Promise<IdempotentOutcome<ImportView>> {
  return await withIdempotency(context, key(), async trx => {
    const received_at = context.clock.now()
    const rows_refused = counts.rows_refused + (fault === null ? await refuseCrowded(trx, import_id) : 0)
    await Promise.all([
      trx.run(updateImportHeader(import_id, header)),
      trx.run(updateImportReceived(import_id, received_at, { ...counts, rows_refused, fault })),
    ])
    if (fault === null) {
      const of = { import_id, partitions: PARTITIONS }
      await Promise.all([insertImportUnits(trx, of), trx.run(insertImportPartitions(of))])
      const joined = joinedGroups(await listMeetingGroups(trx, import_id))
      if (joined.size > 0) await trx.run(updateUnitGroups(of, joined))
      await context.enqueue(trx, { queue: 'run-import', id: import_id })
    } else await trx.run(deleteImportRows(import_id))
    const entry = await findImport(trx, import_id)
    if (entry === undefined) throw new Error('the import is in this transaction')
    return { value: importView(entry, received_at), statements: [receivedEntry(entry)] }
  })
}

/**
 * Refuses the rows of a contract beyond the most that it may have, which would hold up all requests: to judge them
 * takes longer than the others together. The first of them is left to its batch, which so knows that rows are refused.
 */
async function refuseCrowded(trx: Transaction, import_id: string): Promise<number> {
  const beyond = await listCrowdedRows(trx, import_id, MOST_CONTACT_ROWS)
  if (beyond.length === 0) return 0
  const waiting = beyond.filter(({ place }) => place === MOST_CONTACT_ROWS + 1)
  await trx.run(
    updateUnfitRows(import_id, { lines: beyond.map(lineOf), waiting: waiting.map(lineOf), errors: CROWDED }),
  )
  return beyond.length - waiting.length
}

function lineOf({ line }: { line: number }): number {
  return line
}

function receivedEntry(entry: Import) {
  const { import_id, received_at: occurred_at } = entry
  const after = importView(entry, occurred_at)
  const event = entry.fault === null ? 'import.received' : 'import.failed'
  return insertHistory({ ...importCaller(entry), source: 'direct', occurred_at }, [
    { event, subject_id: import_id, after },
  ])
}

async function discard({ database }: ActionContext, import_id: string): Promise<void> {
  await inTransaction(database, async trx => await trx.commitWith(deleteImport(import_id)))
}
