import { sql, type RawBuilder } from 'kysely'
import { contracts } from '#db/contract-rows.ts'
import type { Db } from '#db/driver/database.ts'
import { prepared, sqlBuilder, type ParameterOf, type Statement } from '#db/driver/statement.ts'
import type { Contract } from '#domain/contract.ts'
import type { ContractState } from '#domain/vocabulary.ts'

export type ContractFilter = { customer_id?: string; product_id?: string; state?: ContractState; over_limit?: boolean }

/** A place in a list of contracts; without a day, after every day. */
export type ContractPosition = { contract_id: string; day?: string }

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
 * A page of contracts in the order of their ids. Contracts yet to start are ordered by their first day first, those in
 * force and those ended by their last, because only then an index leads straight to them, however many came before.
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
  const { contract_id: after_id, day: after_day } = page.after
  return await db.run(statement({ customer_id, product_id, today, after_id, after_day, limit: page.limit }))
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
  { contract_id, starts_on, ends_on }: Contract,
  { state }: ContractFilter,
): ContractPosition {
  const day = state === 'not_yet_in_force' ? starts_on : ends_on
  return state === undefined || day === null ? { contract_id } : { contract_id, day }
}

/** The last day, by which an open-ended contract comes after all others. An index has this very expression. */
const lastDay = sql<string>`coalesce(contracts.ends_on, 'infinity'::date)`
const firstDay = sql<string>`contracts.starts_on`

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

function dayOrder(state: ContractState | undefined): RawBuilder<string> | undefined {
  if (state === undefined) return undefined
  return state === 'not_yet_in_force' ? firstDay : lastDay
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

/** One bound, the tighter of the state's and the cursor's: with two, Postgres expects far too few rows, and sorts. */
function startOfPage(state: ContractState | undefined, today: string, after: ContractPosition): PageStart {
  if (state === undefined) return 'after_id'
  if (after.day === undefined && after.contract_id !== '') return 'among_open_ended'
  if (state === 'ended') return after.day === undefined ? 'first' : 'after_day'
  if (state === 'in_force') return after.day === undefined || after.day < today ? 'from_today' : 'after_day'
  return after.day === undefined || after.day <= today ? 'after_today' : 'after_day'
}
