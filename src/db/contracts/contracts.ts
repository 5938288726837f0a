import { sql } from 'kysely'
import { contracts } from '#db/contracts/contract-rows.ts'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled, prepared, sqlBuilder, type Statement } from '#db/driver/statement.ts'
import type { Due, DuePage } from '#db/due.ts'
import type { Contract, ContractTerms } from '#domain/contracts/contract.ts'

const findStatement = prepared<{ contract_id: string }, Contract>(parameter =>
  contracts().where('contracts.contract_id', '=', parameter('contract_id')),
)

/** A contract with the facts of the catalogue about its seats. */
export async function findContract(db: Db, contract_id: string): Promise<Contract | undefined> {
  return first(await db.run(findStatement({ contract_id })))
}

const listByIdsStatement = prepared<{ contract_ids: readonly string[] }, Contract>(parameter =>
  contracts()
    .where('contracts.contract_id', '=', sql<string>`any(${parameter('contract_ids')}::text[])`)
    .orderBy('contracts.contract_id'),
)

/** Contracts by their ids, in the order of the ids; those that the registry does not hold are left out. */
export async function listContractsByIds(db: Db, contract_ids: readonly string[]): Promise<Contract[]> {
  return await db.run(listByIdsStatement({ contract_ids }))
}

export type ContractWrite = ContractTerms & {
  contract_id: string
  seat_limit: number
  updated_at: string
  changed_at: string
  over_since: string | null
  end_recorded_at: string | null
  awaits_start: boolean
}

/** Inserts a contract, or updates its terms and its seat limit; `updateContractApps` writes which apps it uses. */
export async function upsertContract(db: Db, { app_ids: _apps, ...contract }: ContractWrite): Promise<void> {
  const { contract_id: _id, ...values } = contract
  await db.run(
    compiled(
      sqlBuilder
        .insertInto('contracts')
        .values({ ...contract, over_since: null, seats_used: 0, registered_at: null })
        .onConflict(conflict => conflict.column('contract_id').doUpdateSet(values)),
    ),
  )
}

const updateAppsStatement = prepared<{ contract_id: string; app_ids: readonly string[] }, unknown>(
  parameter => sql`
  with dropped as (
    delete from contract_apps
    where contract_id = ${parameter('contract_id')} and app_id <> all(${parameter('app_ids')}::text[]))
  insert into contract_apps (contract_id, app_id, position)
  select ${parameter('contract_id')}, app_id, position
  from unnest(${parameter('app_ids')}::text[]) with ordinality as used (app_id, position)
  on conflict (contract_id, app_id) do update set position = excluded.position`,
)

/** Makes these apps, in this order, the apps that a contract uses. */
export async function updateContractApps(db: Db, contract_id: string, app_ids: readonly string[]): Promise<void> {
  await db.run(updateAppsStatement({ contract_id, app_ids }))
}

const insertManyStatement = prepared<{ rows: string }, unknown>(
  parameter => sql`
  insert into contracts (contract_id, customer_id, product_id, connections, starts_on, ends_on, seat_limit, seats_used,
    updated_at, changed_at, end_recorded_at, awaits_start)
  select contract_id, customer_id, product_id, connections, starts_on, ends_on, seat_limit, 0, updated_at, changed_at,
    end_recorded_at, awaits_start
  from json_populate_recordset(null::contracts, ${parameter('rows')}::json)`,
)

const insertAppsStatement = prepared<{ rows: string }, unknown>(
  parameter => sql`
  insert into contract_apps (contract_id, app_id, position)
  select contract_id, app_id, position from json_populate_recordset(null::contract_apps, ${parameter('rows')}::json)`,
)

/** Inserts several contracts that the registry does not hold; `insertContractApps` writes which apps they use. */
export function insertContracts(several: readonly ContractWrite[]): Statement<unknown> {
  return insertManyStatement({ rows: JSON.stringify(several) })
}

/** Inserts the apps that several new contracts use. */
export function insertContractApps(
  several: readonly Pick<ContractWrite, 'contract_id' | 'app_ids'>[],
): Statement<unknown> {
  const rows = several.flatMap(({ contract_id, app_ids }) =>
    app_ids.map((app_id, index) => ({ contract_id, app_id, position: index + 1 })),
  )
  return insertAppsStatement({ rows: JSON.stringify(rows) })
}

const listEndsStatement = prepared<Due & { today: string; limit: number }, Due>(
  parameter => sql`
  select ends_on as day, contract_id as id from contracts
  where end_recorded_at is null and ends_on is not null and ends_on < ${parameter('today')}
    and (ends_on, contract_id) > (${parameter('day')}::date, ${parameter('id')})
  order by ends_on, contract_id
  limit ${parameter('limit')}`,
)

/** Contracts whose last day has passed and whose end is not recorded yet, the earliest first. */
export async function listEndsToRecord(db: Db, today: string, { after, limit }: DuePage): Promise<Due[]> {
  return await db.run(listEndsStatement({ today, ...after, limit }))
}

const listStartsStatement = prepared<Due & { today: string; limit: number }, Due>(
  parameter => sql`
  select starts_on as day, contract_id as id from contracts
  where awaits_start and starts_on <= ${parameter('today')}
    and (starts_on, contract_id) > (${parameter('day')}::date, ${parameter('id')})
  order by starts_on, contract_id
  limit ${parameter('limit')}`,
)

/** Contracts whose first day has come and whose start is not recorded yet, the earliest first. */
export async function listStartsToRecord(db: Db, today: string, { after, limit }: DuePage): Promise<Due[]> {
  return await db.run(listStartsStatement({ today, ...after, limit }))
}

/** Deletes the apps that a contract uses, which go before the contract itself. */
export function deleteContractApps(contract_id: string): Statement<unknown> {
  return compiled(sqlBuilder.deleteFrom('contract_apps').where('contract_id', '=', contract_id))
}

/** Deletes a contract that never had a contact. */
export function deleteContract(contract_id: string): Statement<unknown> {
  return compiled(sqlBuilder.deleteFrom('contracts').where('contract_id', '=', contract_id))
}

/** Records that a contract has ended (R28). */
export function updateContractEnd(contract_id: string, end_recorded_at: string): Statement<unknown> {
  return compiled(
    sqlBuilder
      .updateTable('contracts')
      .set({ end_recorded_at, changed_at: end_recorded_at })
      .where('contract_id', '=', contract_id),
  )
}

/** Records that a contract no longer waits for its first day. */
export function updateContractStart(contract_id: string, changed_at: string): Statement<unknown> {
  return compiled(
    sqlBuilder.updateTable('contracts').set({ awaits_start: false, changed_at }).where('contract_id', '=', contract_id),
  )
}
