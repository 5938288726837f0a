export const IMPORT_UNIT_KINDS = ['customer', 'contract'] as const

/** What an import works off as a whole: a customer or a contract, with all its rows. */
export type ImportUnit = {
  kind: (typeof IMPORT_UNIT_KINDS)[number]
  id: string
  /** Units of one group follow each other: the outcome of one may hang on another. */
  group_id: string
  rows: number
}

/**
 * How many partitions an import has, which are worked off side by side: while the database writes the rows of one, the
 * service judges those of the other.
 */
export const PARTITIONS = 2

/** A part of an import, of whole groups: its batches follow each other, whatever becomes of the other parts. */
export type ImportPartition = {
  import_id: string
  /** Its number among those of its import, from 0. */
  partition: number
  /** How often batches of it were begun and not done. */
  attempts: number
}

/** How many rows a batch works off at most, where a unit does not have more: they are one transaction. */
export const BATCH_ROWS = 500

/** How many it works off at most while requests come. */
export const BATCH_ROWS_BESIDE_REQUESTS = 100

/** How many rows of contacts a contract may have in one file: a list has no more contacts either. */
export const MOST_CONTACT_ROWS = 1000

/** What is wrong with the rows beyond. */
export const CROWDED = [
  { in: 'body', pointer: '#/contract_id', code: 'too-many-rows', limit: MOST_CONTACT_ROWS },
] as const

/**
 * The units of the next batch: whole groups as far as they fit; of a group that does not, as many units as fit.
 * `listed` are the first units that wait, in the order of their groups; `is_all` says that no others wait.
 */
export function batchOf(listed: readonly ImportUnit[], is_all: boolean, most_rows = BATCH_ROWS): ImportUnit[] {
  const groups = [...Map.groupBy(listed, ({ group_id }) => group_id).values()]
  const whole = is_all ? groups : groups.slice(0, -1) // the last of them may go on
  const batch: ImportUnit[] = []
  let rows = 0
  for (const group of whole) {
    rows += rowsOf(group)
    if (rows > most_rows) break
    batch.push(...group)
  }
  return batch.length > 0 ? batch : firstOf(groups[0] ?? [], most_rows)
}

function firstOf(group: readonly ImportUnit[], most_rows: number): ImportUnit[] {
  const batch: ImportUnit[] = []
  for (const unit of group) {
    if (batch.length > 0 && rowsOf(batch) + unit.rows > most_rows) break
    batch.push(unit)
  }
  return batch
}

function rowsOf(units: readonly ImportUnit[]): number {
  return units.reduce((sum, { rows }) => sum + rows, 0)
}
