import { sql, type RawBuilder } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import type { Due, DuePage } from '#db/due.ts'
import { first } from '#db/driver/first.ts'
import { compiled, prepared, sqlBuilder, type ParameterOf, type Statement } from '#db/driver/statement.ts'
import type { Contract, ContractTerms } from '#domain/contract.ts'
import type { SeatProduct } from '#domain/seat-limit.ts'
import type { AppKind, ContractState } from '#domain/vocabulary.ts'

const appIds = sql<
  string[]
>`array(select used.app_id from contract_apps used where used.contract_id = contracts.contract_id order by used.position)`
const bundledAppIds = sql`array(select bundled.app_id from product_bundled_apps bundled where bundled.product_id = contracts.product_id order by bundled.position)`

// The catalogue's facts come in the same statement, so that limit and lines are of one moment.
const contracts = () =>
  sqlBuilder
    .selectFrom('contracts')
    .innerJoin('products', 'products.product_id', 'contracts.product_id')
    .select([
      'contracts.contract_id',
      'contracts.customer_id',
      'contracts.product_id',
      appIds.as('app_ids'),
      'contracts.connections',
      'contracts.starts_on',
      'contracts.ends_on',
      'contracts.seats_used',
      'contracts.registered_at',
      'contracts.changed_at',
      'contracts.over_since',
      'contracts.end_recorded_at',
      sql<SeatProduct>`jsonb_build_object('base_seats', products.base_seats, 'counts_apps', products.counts_apps,
      'counts_connections', products.counts_connections, 'bundled_app_ids', to_jsonb(${bundledAppIds}))`.as('product'),
      sql<Record<string, AppKind>>`coalesce((select jsonb_object_agg(apps.app_id, apps.kind) from apps
      where apps.app_id = any(${appIds} || ${bundledAppIds})), '{}')`.as('app_kinds'),
    ])

const findContractStatement = prepared<{ contract_id: string }, Contract>(parameter =>
  contracts().where('contracts.contract_id', '=', parameter('contract_id')),
)
export const findContract = async (db: Db, contract_id: string): Promise<Contract | undefined> =>
  first(await db.run(findContractStatement({ contract_id })))

export type ContractFilter = { customer_id?: string; product_id?: string; state?: ContractState; over_limit?: boolean }
export type ContractPosition = { contract_id: string; day?: string }

/** The last day, by which an open-ended contract comes after all others. An index has this very expression. */
const lastDay = sql<string>`coalesce(contracts.ends_on, 'infinity'::date)`
const firstDay = sql<string>`contracts.starts_on`

type PageValues = {
  customer_id: string | undefined
  product_id: string | undefined
  today: string
  after_id: string
  after_day: string | undefined
  limit: number
}
type PageStatement = (values: PageValues) => Statement<Contract>

// One statement for each shape of a filter, built at its first use: there are some dozens of them.
const pageStatements = new Map<string, PageStatement>()

/**
 * A page of contracts in the order of their ids; those yet to start by their first day, those in force and those ended
 * by their last, because only then an index leads straight to them, however many others came before.
 */
export async function listContracts(
  db: Db,
  filter: ContractFilter,
  today: string,
  page: { after: ContractPosition; limit: number },
): Promise<Contract[]> {
  const { customer_id, product_id, state, over_limit } = filter
  const start = startOfPage(state, today, page.after)
  const shape = [customer_id !== undefined, product_id !== undefined, state, over_limit, start].join()
  const statement = pageStatements.get(shape) ?? pageStatement(filter, start)
  pageStatements.set(shape, statement)
  return await db.run(
    statement({
      customer_id,
      product_id,
      today,
      after_id: page.after.contract_id,
      after_day: page.after.day,
      limit: page.limit,
    }),
  )
}

function pageStatement(
  { customer_id, product_id, state, over_limit }: ContractFilter,
  start: PageStart,
): PageStatement {
  const day = dayOrder(state)
  return prepared<PageValues, Contract>(parameter => {
    let query = contracts().limit(parameter('limit'))
    if (customer_id !== undefined) query = query.where('contracts.customer_id', '=', parameter('customer_id'))
    if (product_id !== undefined) query = query.where('contracts.product_id', '=', parameter('product_id'))
    if (over_limit !== undefined)
      query = query.where(over_limit ? sql<boolean>`contracts.over_limit` : sql<boolean>`not contracts.over_limit`)
    if (state === 'in_force') query = query.where(firstDay, '<=', parameter('today'))
    if (state === 'ended') query = query.where(lastDay, '<', parameter('today'))
    query = query.where(PAGE_STARTS[start](day ?? firstDay, parameter))
    return (day === undefined ? query : query.orderBy(day)).orderBy('contracts.contract_id')
  })
}

const PAGE_STARTS = {
  after_id: (_day, parameter) => sql`contracts.contract_id > ${parameter('after_id')}`,
  after_day: (day, parameter) =>
    sql`(${day}, contracts.contract_id) > (${parameter('after_day')}::date, ${parameter('after_id')})`,
  among_open_ended: (day, parameter) => sql`${day} = 'infinity' and contracts.contract_id > ${parameter('after_id')}`,
  from_today: (day, parameter) => sql`${day} >= ${parameter('today')}`,
  after_today: (day, parameter) => sql`${day} > ${parameter('today')}`,
  first: () => sql`true`,
} as const satisfies Record<
  string,
  (day: RawBuilder<string>, parameter: ParameterOf<PageValues>) => RawBuilder<boolean>
>

type PageStart = keyof typeof PAGE_STARTS

/** One bound, the tighter of the state's and the cursor's: of two, Postgres expects far too few rows, and sorts them. */
function startOfPage(state: ContractState | undefined, today: string, after: ContractPosition): PageStart {
  if (state === undefined) return 'after_id'
  if (after.day === undefined && after.contract_id !== '') return 'among_open_ended'
  if (state === 'ended') return after.day === undefined ? 'first' : 'after_day'
  if (state === 'in_force') return after.day === undefined || after.day < today ? 'from_today' : 'after_day'
  return after.day === undefined || after.day <= today ? 'after_today' : 'after_day'
}

function dayOrder(state: ContractState | undefined): RawBuilder<string> | undefined {
  if (state === undefined) return undefined
  return state === 'not_yet_in_force' ? firstDay : lastDay
}

/** Where a list stands after a contract, under the filter's order; without a day, after the last days that there are. */
export function positionAfter(
  { contract_id, starts_on, ends_on }: Contract,
  { state }: ContractFilter,
): ContractPosition {
  const day = state === 'not_yet_in_force' ? starts_on : ends_on
  return state === undefined || day === null ? { contract_id } : { contract_id, day }
}

export type ContractWrite = ContractTerms & {
  contract_id: string
  seat_limit: number
  changed_at: string
  over_since: string | null
  end_recorded_at: string | null
}

export async function upsertContract(db: Db, { app_ids, ...contract }: ContractWrite): Promise<void> {
  const { contract_id, ...values } = contract
  await db.run(
    compiled(
      sqlBuilder
        .insertInto('contracts')
        .values({ ...contract, over_since: null, seats_used: 0, registered_at: null })
        .onConflict(conflict => conflict.column('contract_id').doUpdateSet(values)),
    ),
  )
  await db.run(compiled(sqlBuilder.deleteFrom('contract_apps').where('contract_id', '=', contract_id)))
  await db.run(
    compiled(sql`
    insert into contract_apps (contract_id, app_id, position)
    select ${contract_id}, app_id, position from unnest(${app_ids}::text[]) with ordinality as used (app_id, position)`),
  )
}

const endsStatement = prepared<Due & { today: string; limit: number }, Due>(
  parameter => sql`
  select ends_on as day, contract_id as id from contracts
  where end_recorded_at is null and ends_on is not null and ends_on < ${parameter('today')} and (ends_on, contract_id) > (${parameter('day')}::date, ${parameter('id')})
  order by ends_on, contract_id limit ${parameter('limit')}`,
)
/** Contracts whose last day has passed and whose end is not recorded yet, the earliest first. */
export const listEndsToRecord = async (db: Db, today: string, { after, limit }: DuePage): Promise<Due[]> =>
  await db.run(endsStatement({ today, ...after, limit }))

export function updateContractEnd(contract_id: string, end_recorded_at: string): Statement<unknown> {
  return compiled(
    sqlBuilder
      .updateTable('contracts')
      .set({ end_recorded_at, changed_at: end_recorded_at })
      .where('contract_id', '=', contract_id),
  )
}

/** Contracts whose seats follow from a product or an app, in the order of their ids, locked until the transaction ends. */
export async function lockContractsUsing(
  db: Db,
  source: { product_id: string } | { app_id: string },
  after: string,
  limit: number,
): Promise<Contract[]> {
  const candidates =
    'product_id' in source
      ? contractsOf(sql`${source.product_id}`, after, limit)
      : contractsUsingApp(source.app_id, after, limit)
  const locked = await db.run(
    compiled(
      sql<{
        contract_id: string
      }>`select contract_id from contracts where contract_id in (${candidates}) order by contract_id for no key update`,
    ),
  )
  const ids = locked.map(({ contract_id }) => contract_id)
  // Read by a statement of its own: one that waits for a lock still sees the other columns as they were before it waited.
  return await db.run(
    compiled(
      contracts()
        .where('contracts.contract_id', '=', sql<string>`any(${ids}::text[])`)
        .orderBy('contracts.contract_id'),
    ),
  )
}

function contractsOf(product_id: RawBuilder<unknown>, after: string, limit: number): RawBuilder<unknown> {
  return sql`select contract_id from contracts where product_id = ${product_id} and contract_id > ${after} order by contract_id limit ${limit}`
}

/** Those that use the app, and those whose product bundles it: each found by an index from where the last batch ended. */
function contractsUsingApp(app_id: string, after: string, limit: number): RawBuilder<unknown> {
  return sql`select contract_id from (
      (select contract_id from contract_apps where app_id = ${app_id} and contract_id > ${after} order by contract_id limit ${limit})
      union
      select of_product.contract_id from product_bundled_apps bundled
        cross join lateral (${contractsOf(sql`bundled.product_id`, after, limit)}) of_product where bundled.app_id = ${app_id}
    ) candidate order by contract_id limit ${limit}`
}

export type SeatLimitChange = { contract_id: string; seat_limit: number; changed_at: string; over_since: string | null }

export async function updateSeatLimits(db: Db, changes: readonly SeatLimitChange[]): Promise<void> {
  await db.run(
    compiled(sql`
    update contracts set seat_limit = change.seat_limit, changed_at = change.changed_at, over_since = change.over_since
    from json_to_recordset(${JSON.stringify(changes)}::json) as change (contract_id text, seat_limit integer, changed_at timestamptz, over_since timestamptz)
    where contracts.contract_id = change.contract_id`),
  )
}
