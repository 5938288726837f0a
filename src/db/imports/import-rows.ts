import { sql, type RawBuilder } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { prepared, type ParameterOf, type Statement } from '#db/driver/statement.ts'
import { PERSON_ERASED, type ImportRow, type ReportedRow, type RowOutcome } from '#domain/imports/import.ts'
import type { ImportUnit } from '#domain/imports/import-unit.ts'
import type { ImportOutcome } from '#domain/vocabulary.ts'

/** A row as it is received: one that cannot be worked off is refused at once. */
export type ReceivedRow = ImportRow & {
  email_keys: readonly string[]
  cells: readonly string[] | null
  outcome: 'refused' | null
}

const insertStatement = prepared<{ import_id: string; rows: string }, unknown>(
  parameter => sql`
  with held as (select import_id from imports where import_id = ${parameter('import_id')} for key share)
  insert into import_rows (import_id, line, type, customer_id, contract_id, email_keys, fields, cells, errors, outcome)
  select held.import_id, line, type, customer_id, contract_id, email_keys, fields, cells, errors, outcome
  from held cross join json_populate_recordset(null::import_rows, ${parameter('rows')}::json) as row
    (_import_id, line, type, customer_id, contract_id, email_keys, fields, cells, errors, outcome)`,
)

/** Inserts rows of a file that is being received, unless its import is deleted by now. */
export async function insertImportRows(db: Db, import_id: string, rows: readonly ReceivedRow[]): Promise<void> {
  await db.run(insertStatement({ import_id, rows: JSON.stringify(rows) }))
}

const listCrowdedStatement = prepared<{ import_id: string; most_rows: number }, { line: number; place: number }>(
  parameter => sql`
  select line, place::integer from (
    select line, row_number() over (partition by contract_id order by line) as place from import_rows
    where import_id = ${parameter('import_id')} and contract_id is not null and type = 'contact' and outcome is null)
  where place > ${parameter('most_rows')}`,
)

/** The contacts' rows of a contract beyond so many, each with its place among them. */
export async function listCrowdedRows(
  db: Db,
  import_id: string,
  most_rows: number,
): Promise<{ line: number; place: number }[]> {
  return await db.run(listCrowdedStatement({ import_id, most_rows }))
}

type Unfit = { import_id: string; lines: readonly number[]; waiting: readonly number[]; errors: string }

const updateUnfitStatement = prepared<Unfit, unknown>(
  parameter => sql`
  update import_rows set errors = ${parameter('errors')}::json,
    outcome = case when line = any(${parameter('waiting')}::integer[]) then null else 'refused' end
  where import_id = ${parameter('import_id')} and line = any(${parameter('lines')}::integer[])`,
)

/** Refuses rows that have just come. Those of `waiting`, a few, get their outcome with their batch. */
export function updateUnfitRows(
  import_id: string,
  { lines, waiting, errors }: { lines: number[]; waiting: number[]; errors: NonNullable<ImportRow['errors']> },
): Statement<unknown> {
  return updateUnfitStatement({ import_id, lines, waiting, errors: JSON.stringify(errors) })
}

const deleteStatement = prepared<{ import_id: string }, unknown>(
  parameter => sql`delete from import_rows where import_id = ${parameter('import_id')}`,
)

/** Deletes the rows of a file that turned out to be unreadable. */
export function deleteImportRows(import_id: string): Statement<unknown> {
  return deleteStatement({ import_id })
}

type Units = { import_id: string; customer_ids: readonly string[]; contract_ids: readonly string[] }

// OFFSET 0, because Postgres knows nothing yet of rows that have just come: of each unit it is to read its index.
const listStatement = prepared<Units, ImportRow>(
  parameter => sql`
  select line, type, customer_id, contract_id, fields, errors
  from unnest(${parameter('customer_ids')}::text[]) as unit (id) cross join lateral (
    select line, type, customer_id, contract_id, fields, errors from import_rows
    where import_id = ${parameter('import_id')} and type = 'customer' and customer_id = unit.id and outcome is null
    offset 0) as row
  union all
  select line, type, customer_id, contract_id, fields, errors
  from unnest(${parameter('contract_ids')}::text[]) as unit (id) cross join lateral (
    select line, type, customer_id, contract_id, fields, errors from import_rows
    where import_id = ${parameter('import_id')} and contract_id = unit.id and outcome is null
    offset 0) as row
  order by line`,
)

/** The rows of units that wait, in the order of the file. */
export async function listUnitRows(db: Db, import_id: string, units: readonly ImportUnit[]): Promise<ImportRow[]> {
  const idsOf = (kind: ImportUnit['kind']): string[] => units.filter(unit => unit.kind === kind).map(({ id }) => id)
  return await db.run(listStatement({ import_id, customer_ids: idsOf('customer'), contract_ids: idsOf('contract') }))
}

type Outcomes = { import_id: string; outcomes: string; lines: readonly number[]; erased: string }

const updateStatement = prepared<Outcomes, { rows: number }>(
  parameter => sql`
  with written as (
    update import_rows set outcome = row.outcome, contact_id = row.contact_id,
      problems = row.problems, warnings = row.warnings, duplicates = row.duplicates
    from json_populate_recordset(null::import_rows, ${parameter('outcomes')}::json) as row
    where import_rows.import_id = ${parameter('import_id')}
      and import_rows.line = any(${parameter('lines')}::integer[]) and import_rows.line = row.line
    returning import_rows.errors)
  select count(*)::integer as rows from written where errors -> 0 ->> 'code' = ${parameter('erased')}`,
)

/** Writes what became of rows. Answers of how many an erasure has left nothing, also since they were read. */
export async function updateRowOutcomes(db: Db, import_id: string, outcomes: readonly RowOutcome[]): Promise<number> {
  const lines = outcomes.map(({ line }) => line)
  const rows = outcomes.map(({ problems, warnings, duplicates, ...row }) => ({
    ...row,
    problems: problems.length === 0 ? null : problems,
    warnings: warnings.length === 0 ? null : warnings,
    duplicates: duplicates.length === 0 ? null : duplicates,
  }))
  const statement = updateStatement({ import_id, outcomes: JSON.stringify(rows), lines, erased: PERSON_ERASED })
  return first(await db.run(statement))?.rows ?? 0
}

type RowPage = { import_id: string; after: number; limit: number }

const rowPage = (parameter: ParameterOf<RowPage>, condition: RawBuilder<unknown>) => sql<ReportedRow>`
  select line, type, customer_id, contract_id, fields, cells, outcome, contact_id,
    coalesce(problems, case when outcome = 'refused' and errors is not null
      then json_build_array(json_build_object('type', 'invalid-request', 'errors', errors)) end, '[]') as problems,
    coalesce(warnings, '[]') as warnings, coalesce(duplicates, '[]') as duplicates
  from import_rows
  where import_id = ${parameter('import_id')} and line > ${parameter('after')} and ${condition}
  order by line
  limit ${parameter('limit')}`

const allRowsStatement = prepared<RowPage, ReportedRow>(parameter => rowPage(parameter, sql`true`))

const outcomeRowsStatement = prepared<RowPage & { outcome: string }, ReportedRow>(parameter =>
  rowPage(parameter, sql`outcome = ${parameter('outcome')}`),
)

/** A page of rows in the order of the file, all or those of one outcome. */
export async function listImportRows(
  db: Db,
  page: RowPage,
  { outcome }: { outcome?: ImportOutcome },
): Promise<ReportedRow[]> {
  return await db.run(outcome === undefined ? allRowsStatement(page) : outcomeRowsStatement({ ...page, outcome }))
}
