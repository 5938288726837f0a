import { sql, type RawBuilder } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { compiled } from '#db/driver/statement.ts'
import type { HistoryPosition } from '#db/history/history.ts'
import type { HistoryRecord } from '#domain/history/history-entry.ts'

export type HistoryFilter = {
  client_id?: string | undefined
  event?: string | undefined
  customer_id?: string | undefined
  contract_id?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

/** The entries of a customer, and of contracts that went to another customer with the entry. */
function ofCustomer(customer_id: string): RawBuilder<unknown> {
  return sql`(history.customer_id = ${customer_id} or history.history_id = any(array(
    select history_id from history
    where event = 'contract.changed' and before ->> 'customer_id' = ${customer_id}
      and before ->> 'customer_id' <> after ->> 'customer_id')))`
}

function conditionsOf({ client_id, event, customer_id, contract_id, from, to }: HistoryFilter): RawBuilder<unknown>[] {
  return [
    ...(client_id === undefined ? [] : [sql`history.actor = ${client_id}`]),
    ...(event === undefined ? [] : [sql`history.event = ${event}`]),
    ...(customer_id === undefined ? [] : [ofCustomer(customer_id)]),
    ...(contract_id === undefined ? [] : [sql`history.contract_id = ${contract_id}`]),
    ...(from === undefined ? [] : [sql`history.occurred_at >= ${from}::timestamptz`]),
    ...(to === undefined ? [] : [sql`history.occurred_at < ${to}::timestamptz`]),
  ]
}

/** A page of all changes that fit a filter, the newest first. `from` belongs to the range, `to` does not. */
export async function listHistory(
  db: Db,
  filter: HistoryFilter,
  { after, limit }: { after: HistoryPosition; limit: number },
): Promise<HistoryRecord[]> {
  const { occurred_at, history_id } = after
  const position = sql`(history.occurred_at, history.history_id) < (${occurred_at}::timestamptz, ${history_id})`
  return await db.run(
    compiled(sql<HistoryRecord>`
    select history.history_id, history.event, history.subject_id, history.occurred_at, history.actor,
      history.on_behalf_of, history.request_id, history.source, history.change_request_id, history.requested_by,
      history.customer_id, history.contract_id, history.contact_id, history.account_id, history.before, history.after
    from history
    where ${sql.join([position, ...conditionsOf(filter)], sql` and `)}
    order by history.occurred_at desc, history.history_id desc
    limit ${limit}`),
  )
}
