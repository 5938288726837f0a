import { sql, type RawBuilder } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { freshlyPlanned, prepared, type Statement } from '#db/driver/statement.ts'
import type { ImportPartition, ImportUnit } from '#domain/imports/import-unit.ts'

type OfImport = { import_id: string; partitions: number }

/** The partition of a group: as many groups as chance gives it. */
const partitionOf = (group_id: RawBuilder<unknown>, partitions: RawBuilder<unknown>) =>
  sql`get_byte(sha256(convert_to(${group_id}, 'UTF8')), 0) % ${partitions}::integer`

// The customer of a contract is that of its last line in the file, else the registry's. A unit of neither is a group of
// its own: its rows are refused.
const insertStatement = prepared<OfImport, unknown>(
  parameter => sql`
  with named as (
    select contract_id, count(*) as rows,
      (array_agg(customer_id order by line desc) filter (where type = 'contract' and customer_id is not null))[1]
        as customer_id
    from import_rows
    where import_id = ${parameter('import_id')} and contract_id is not null and outcome is null
    group by contract_id),
  units as (
    select 'contract' as kind, contract_id as id,
      coalesce(named.customer_id, contracts.customer_id, contract_id) as group_id, rows
    from named left join contracts using (contract_id)
    union all
    select 'customer', customer_id, customer_id, count(*)
    from import_rows
    where import_id = ${parameter('import_id')} and type = 'customer' and outcome is null
    group by customer_id)
  insert into import_units (import_id, kind, id, group_id, partition, rows)
  select ${parameter('import_id')}::uuid, kind, id, group_id,
    ${partitionOf(sql`group_id`, parameter('partitions'))}, rows
  from units`,
)

/** Makes the units of an import, of all rows that are to be worked off, in so many partitions. */
export async function insertImportUnits(db: Db, of: OfImport): Promise<void> {
  await db.run(insertStatement(of))
}

const listMeetingStatement = prepared<{ import_id: string }, { group_ids: string[] }>(
  parameter => sql`
  select array_agg(distinct group_id) as group_ids
  from (
    select email_key, group_id
    from import_rows
      cross join lateral unnest(email_keys) as address (email_key)
      join import_units on import_units.import_id = ${parameter('import_id')} and kind = 'contract' and id = contract_id
    where import_rows.import_id = ${parameter('import_id')}
    union all
    select email_key, group_id
    from import_units cross join lateral (
      select email_key from contacts where contacts.contract_id = import_units.id and removed_at is null
      offset 0) as present
    where import_units.import_id = ${parameter('import_id')} and kind = 'contract') as named
  group by email_key
  having count(distinct group_id) > 1
  union all
  select array_agg(distinct customer_id) as group_ids
  from import_rows
  where import_id = ${parameter('import_id')} and type = 'contract' and outcome is null
    and customer_id is not null
  group by contract_id
  having count(distinct customer_id) > 1`,
)

/**
 * Groups that meet: at an address which their rows name, or present contacts of their contracts have, and at a contract
 * whose lines name several customers.
 */
export async function listMeetingGroups(db: Db, import_id: string): Promise<string[][]> {
  const met = await db.run(freshlyPlanned(listMeetingStatement({ import_id })))
  return met.map(({ group_ids }) => group_ids)
}

type Renamed = OfImport & { from: readonly string[]; to: readonly string[] }

const updateStatement = prepared<Renamed, unknown>(
  parameter => sql`
  update import_units set group_id = renamed.new_id,
    partition = ${partitionOf(sql`renamed.new_id`, parameter('partitions'))}
  from unnest(${parameter('from')}::text[], ${parameter('to')}::text[]) as renamed (old_id, new_id)
  where import_id = ${parameter('import_id')} and group_id = renamed.old_id`,
)

/** Gives groups other names, so that several become one, in one partition. */
export function updateUnitGroups(of: OfImport, groups: ReadonlyMap<string, string>): Statement<unknown> {
  return updateStatement({ ...of, from: [...groups.keys()], to: [...groups.values()] })
}

type OfPartition = Pick<ImportPartition, 'import_id' | 'partition'>

const listStatement = prepared<OfPartition & { limit: number }, ImportUnit>(
  parameter => sql`
  select kind, id, group_id, rows from import_units
  where import_id = ${parameter('import_id')} and partition = ${parameter('partition')}
  order by group_id, kind desc, id
  limit ${parameter('limit')}`,
)

/** The first units of a partition that wait, group by group: in each the customers, then the contracts. */
export async function listImportUnits(
  db: Db,
  { import_id, partition }: OfPartition,
  limit: number,
): Promise<ImportUnit[]> {
  return await db.run(listStatement({ import_id, partition, limit }))
}

const findLineStatement = prepared<{ import_id: string; kind: string; id: string }, { line: number | null }>(
  parameter => sql`
  select min(line) as line from import_rows
  where import_id = ${parameter('import_id')}
    and case ${parameter('kind')} when 'customer' then type = 'customer' and customer_id = ${parameter('id')}
      else contract_id = ${parameter('id')} end`,
)

/** The first line of the file that has rows of a unit; undefined where none has. */
export async function findUnitLine(db: Db, import_id: string, unit: ImportUnit): Promise<number | undefined> {
  const { kind, id } = unit
  return first(await db.run(findLineStatement({ import_id, kind, id })))?.line ?? undefined
}

type Done = { import_id: string; kinds: readonly string[]; ids: readonly string[] }

const deleteStatement = prepared<Done, unknown>(
  parameter => sql`
  delete from import_units using unnest(${parameter('kinds')}::text[], ${parameter('ids')}::text[]) as done (kind, id)
  where import_units.import_id = ${parameter('import_id')} and import_units.kind = done.kind
    and import_units.id = done.id`,
)

/** Deletes units that are done. */
export function deleteImportUnits(import_id: string, units: readonly ImportUnit[]): Statement<unknown> {
  return deleteStatement({ import_id, kinds: units.map(({ kind }) => kind), ids: units.map(({ id }) => id) })
}
