import { sql, type RawBuilder } from 'kysely'
import type { ContractState } from '#domain/vocabulary.ts'

/** The days that order lists of contracts, in the very text of their indexes. Open-ended contracts come last. */
export const DAYS = {
  first_day: sql<string>`contracts.starts_on`,
  last_day: sql<string>`coalesce(contracts.ends_on, 'infinity'::date)`,
} as const

type DayOrder = { by: keyof typeof DAYS; starts: 'first' | 'from_today' | 'after_today' }

// How contracts in some states are ordered, so that an index leads to them: the states sorted, divided by commas.
const ORDERS: Record<string, DayOrder> = {
  not_yet_in_force: { by: 'first_day', starts: 'after_today' },
  in_force: { by: 'last_day', starts: 'from_today' },
  ended: { by: 'last_day', starts: 'first' },
  'in_force,not_yet_in_force': { by: 'last_day', starts: 'from_today' },
  'ended,in_force': { by: 'first_day', starts: 'first' },
}

type StateFilter = { state?: readonly ContractState[]; updated_since?: string }

/** The order by days that a filter asks for; undefined where a list is in the order of ids or changes. */
export function orderOf({ state = [], updated_since }: StateFilter): DayOrder | undefined {
  return updated_since === undefined ? ORDERS[[...new Set(state)].toSorted().join()] : undefined
}

/** The condition of the states of a filter, besides that of the start of an ordered page. */
export function stateConditions(filter: StateFilter, today: RawBuilder<unknown>): RawBuilder<boolean>[] {
  const states = new Set(filter.state)
  if (states.size === 0 || states.size === 3) return []
  const order = orderOf(filter)
  if (order !== undefined && order.starts !== 'first')
    return states.has('in_force') && states.size === 1 ? [sql`${DAYS.first_day} <= ${today}`] : []
  if (order?.by === 'first_day') return [sql`${DAYS.first_day} <= ${today}`]
  const conditions = {
    not_yet_in_force: sql`${DAYS.first_day} > ${today}`,
    in_force: sql`(${DAYS.first_day} <= ${today} and ${DAYS.last_day} >= ${today})`,
    ended: sql`${DAYS.last_day} < ${today}`,
  } as const satisfies Record<ContractState, RawBuilder<unknown>>
  return [
    sql`(${sql.join(
      [...states].map(state => conditions[state]),
      sql` or `,
    )})`,
  ]
}
