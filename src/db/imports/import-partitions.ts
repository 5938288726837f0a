import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { prepared, type Statement } from '#db/driver/statement.ts'
import type { ImportPartition } from '#domain/imports/import-unit.ts'

type OfImport = { import_id: string; partitions: number }

const insertStatement = prepared<OfImport, unknown>(
  parameter => sql`
  insert into import_partitions (import_id, partition, attempts)
  select ${parameter('import_id')}, number, 0
  from generate_series(0, ${parameter('partitions')}::integer - 1) as number`,
)

/** Makes so many partitions of an import, numbered from 0. */
export function insertImportPartitions(of: OfImport): Statement<unknown> {
  return insertStatement(of)
}

const listStatement = prepared<{ import_id: string }, ImportPartition>(
  parameter => sql`
  select import_id, partition, attempts from import_partitions
  where import_id = ${parameter('import_id')} and exists (
    select from import_units
    where import_units.import_id = import_partitions.import_id and import_units.partition = import_partitions.partition)
  order by partition`,
)

/** The partitions of an import of which units wait. */
export async function listWaitingPartitions(db: Db, import_id: string): Promise<ImportPartition[]> {
  return await db.run(listStatement({ import_id }))
}

const lockAllStatement = prepared<{ import_id: string }, ImportPartition>(
  parameter => sql`
  select import_id, partition, attempts from import_partitions
  where import_id = ${parameter('import_id')} order by partition for update`,
)

/** The partitions of an import, on which no process works until this transaction ends. */
export async function lockImportPartitions(db: Db, import_id: string): Promise<ImportPartition[]> {
  return await db.run(lockAllStatement({ import_id }))
}

type Key = Pick<ImportPartition, 'import_id' | 'partition'>

const lockStatement = prepared<Key, ImportPartition>(
  parameter => sql`
  select import_id, partition, attempts from import_partitions
  where import_id = ${parameter('import_id')} and partition = ${parameter('partition')} for update`,
)

/** A partition, on which no other process works until this transaction ends; undefined where its import is deleted. */
export async function lockImportPartition(db: Db, { import_id, partition }: Key): Promise<ImportPartition | undefined> {
  return first(await db.run(lockStatement({ import_id, partition })))
}

const updateStatement = prepared<ImportPartition, unknown>(
  parameter => sql`
  update import_partitions set attempts = ${parameter('attempts')}
  where import_id = ${parameter('import_id')} and partition = ${parameter('partition')}`,
)

/** Counts the batches that are begun. */
export function updatePartitionAttempts(partition: ImportPartition): Statement<unknown> {
  return updateStatement(partition)
}
