import { sql, type RawBuilder } from 'kysely'
import { DAYS, orderOf, stateConditions } from '#db/contracts/contract-orders.ts'
import { contracts } from '#db/contracts/contract-rows.ts'
import type { Db } from '#db/driver/database.ts'
import { prepared, sqlBuilder, type ParameterOf, type Statement } from '#db/driver/statement.ts'
import type { Contract } from '#domain/contracts/contract.ts'
import type { ContractState, Registration } from '#domain/vocabulary.ts'

/** The filters of a list of contracts. A contract has to fit one value of each. */
export type ContractFilter = {
  customer_id?: readonly string[]
  product_id?: readonly string[]
  state?: readonly ContractState[]
  registration?: readonly Registration[]
  over_limit?: boolean
  updated_since?: string
}

/** A place in a list of contracts: by id, in the order of days (without one, after every day), or of changes. */
export type ContractPosition = { contract_id: string; day?: string; updated_at?: string }

type PageValues = {
  customer_id: readonly string[]
  product_id: readonly string[]
  today: string
  after_id: string
  after_day: string | undefined
  after_update: string | undefined
  limit: number
}
type PageStatement = (values: PageValues) => Statement<Contract>

// One statement for each shape of a filter, built at its first use: there are some hundreds of them at most.
const pageStatements = new Map<string, PageStatement>()

/**
 * A page of contracts in the order of their ids; by state in the order of their days, and those changed since a moment
 * in the order of their changes, because only then an index leads straight to them, however many came before.
 */
export async function listContracts(
  db: Db,
  filter: ContractFilter,
  today: string,
  page: { after: ContractPosition; limit: number },
): Promise<Contract[]> {
  const { customer_id = [], product_id = [], state, registration, over_limit, updated_since } = filter
  const start = startOfPage(filter, today, page.after)
  const shape = [
    cardinalityOf(customer_id),
    cardinalityOf(product_id),
    setOf(state),
    setOf(registration),
    over_limit,
    start,
  ].join('|')
  const statement = pageStatements.get(shape) ?? pageStatement(filter, start)
  pageStatements.set(shape, statement)
  const { contract_id: after_id, day: after_day, updated_at: after_update = updated_since } = page.after
  return await db.run(
    statement({
      customer_id,
      product_id,
      today,
      after_id,
      after_day,
      after_update,
      limit: page.limit,
    }),
  )
}

/** The values of a filter without repeats and in one order, so that equal filters share a statement. */
function setOf(values: readonly string[] = []): string {
  return [...new Set(values)].toSorted().join()
}

function cardinalityOf(values: readonly string[]): 'none' | 'one' | 'several' {
  if (values.length === 0) return 'none'
  return values.length === 1 ? 'one' : 'several'
}

const idsStatement = prepared<{ customer_id: string; limit: number }, { contract_id: string }>(parameter =>
  sqlBuilder
    .selectFrom('contracts')
    .select('contract_id')
    .where('customer_id', '=', parameter('customer_id'))
    .orderBy('contract_id')
    .limit(parameter('limit')),
)

/** The ids of a customer's first contracts. */
export async function listContractIds(db: Db, customer_id: string, limit: number): Promise<string[]> {
  return (await db.run(idsStatement({ customer_id, limit }))).map(({ contract_id }) => contract_id)
}

/** The place of a contract in the list that a filter makes. */
export function positionAfter(
  { contract_id, updated_at, starts_on, ends_on }: Contract,
  filter: ContractFilter,
): ContractPosition {
  if (filter.updated_since !== undefined) return { contract_id, updated_at }
  const order = orderOf(filter)
  const day = order?.by === 'first_day' ? starts_on : ends_on
  return order === undefined || day === null ? { contract_id } : { contract_id, day }
}

function pageStatement(filter: ContractFilter, start: PageStart): PageStatement {
  const order = orderOf(filter)
  const day = DAYS[order?.by ?? 'first_day']
  return prepared<PageValues, Contract>(parameter => {
    const conditions = [...conditionsOf(filter, parameter), PAGE_STARTS[start](day, parameter)]
    const query = contracts()
      .limit(parameter('limit'))
      .where(sql<boolean>`${sql.join(conditions, sql` and `)}`)
    if (filter.updated_since !== undefined)
      return query.orderBy('contracts.updated_at').orderBy('contracts.contract_id')
    return (order === undefined ? query : query.orderBy(day)).orderBy('contracts.contract_id')
  })
}

function conditionsOf(filter: ContractFilter, parameter: Parameter): RawBuilder<boolean>[] {
  const { customer_id = [], product_id = [], registration = [], over_limit } = filter
  const [registered, ...others] = new Set(registration)
  return [
    ...anyOf(sql`contracts.customer_id`, customer_id, parameter('customer_id')),
    ...anyOf(sql`contracts.product_id`, product_id, parameter('product_id')),
    ...stateConditions(filter, parameter('today')),
    ...(registered === undefined || others.length > 0 ? [] : [REGISTERED[registered]]),
    ...(over_limit === undefined
      ? []
      : [over_limit ? sql<boolean>`contracts.over_limit` : sql<boolean>`not contracts.over_limit`]),
  ]
}

// One value is compared by itself, because an index then gives the rows in the order of the list.
function anyOf(
  column: RawBuilder<unknown>,
  values: readonly string[],
  parameter: RawBuilder<unknown>,
): RawBuilder<boolean>[] {
  if (values.length === 0) return []
  if (values.length === 1) return [sql`${column} = (${parameter}::text[])[1]`]
  return [sql`${column} = any(${parameter}::text[])`]
}

const REGISTERED = {
  unregistered: sql<boolean>`contracts.registered_at is null`,
  registered: sql<boolean>`contracts.registered_at is not null`,
} as const satisfies Record<Registration, RawBuilder<boolean>>

type Parameter = ParameterOf<PageValues>

const PAGE_STARTS = {
  after_id: (_day, parameter) => sql`contracts.contract_id > ${parameter('after_id')}`,
  after_day: (day, parameter) =>
    sql`(${day}, contracts.contract_id) > (${parameter('after_day')}::date, ${parameter('after_id')})`,
  among_open_ended: (day, parameter) => sql`${day} = 'infinity' and contracts.contract_id > ${parameter('after_id')}`,
  from_today: (day, parameter) => sql`${day} >= ${parameter('today')}`,
  after_today: (day, parameter) => sql`${day} > ${parameter('today')}`,
  first: () => sql`true`,
  after_update: (_day, parameter) =>
    sql`(contracts.updated_at, contracts.contract_id) > (${parameter('after_update')}, ${parameter('after_id')})`,
} as const satisfies Record<string, (day: RawBuilder<string>, parameter: Parameter) => RawBuilder<boolean>>

type PageStart = keyof typeof PAGE_STARTS

/** One bound, the tighter of the filter's and the cursor's: with two, Postgres expects far too few rows, and sorts. */
function startOfPage(filter: ContractFilter, today: string, after: ContractPosition): PageStart {
  if (filter.updated_since !== undefined) return 'after_update'
  const order = orderOf(filter)
  if (order === undefined) return 'after_id'
  if (after.day === undefined) return after.contract_id === '' ? order.starts : 'among_open_ended'
  const isBefore = order.starts === 'after_today' ? after.day <= today : after.day < today
  return order.starts !== 'first' && isBefore ? order.starts : 'after_day'
}
