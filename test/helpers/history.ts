import { sql } from 'kysely'
import type { Database } from '#db/driver/database.ts'
import { compiled } from '#db/driver/statement.ts'

export type HistoryRow = {
  occurred_at: string
  actor: string
  request_id: string
  event: string
  subject_id: string
  customer_id: string | null
  contract_id: string | null
  contact_id: string | null
  account_id: string | null
  before: any
  after: any
}

/** What the record says of one request, in the order in which it was written. */
export async function historyOf(database: Database, request_id: string): Promise<HistoryRow[]> {
  return await database.run(
    compiled(sql<HistoryRow>`
    select occurred_at, actor, request_id, event, subject_id, customer_id, contract_id, contact_id, account_id, before,
      after
    from history where request_id = ${request_id} order by history_id`),
  )
}

/** How many rows the tables of the registry have: the same before and after, when nothing was written. */
export async function rowCounts(database: Database): Promise<unknown> {
  return (
    await database.run(
      compiled(sql`
    select (select count(*) from customers) as customers, (select count(*) from contracts) as contracts,
      (select count(*) from contract_apps) as contract_apps, (select count(*) from contacts) as contacts,
      (select count(*) from contacts where removed_at is not null) as removed, (select sum(seats_used)
        from contracts) as seats_used,
      (select count(*) from support_accounts) as accounts, (select count(*) from support_accounts
        where closed_at is null) as open,
      (select count(*) from residual_accesses) as residual, (select count(*) from history) as history,
      (select count(*) from api_clients) as clients, (select count(*) from api_keys) as keys,
      (select count(*) from products) as products, (select count(*) from apps) as apps`),
    )
  )[0]
}
