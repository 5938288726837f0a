import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { compiled } from '#db/driver/statement.ts'

/** What the rows are about that were written, and where the next look begins. */
export type WrittenRows = {
  contract_ids: string[]
  customer_ids: string[]
  /** Every address whose sender check reads a row that was written. */
  emails: string[]
  /** The last entry of history: each change leaves one. */
  last_entry: string
  /** Rows of the table that loses rows: a deleted row has no writer to find. */
  residual_accesses: number
  next: string
}

/**
 * PostgreSQL notes in each row the transaction that wrote it: a row lock leaves no such note, and neither does a read.
 */
const isNew = (table: string) => sql.raw(`${table}.xmin::text::bigint >= since.xid`)

/** What was written since the last look, by whichever transaction. Reads rows, and nothing of what src says of them. */
export async function writtenSince(db: Db, since: string): Promise<WrittenRows> {
  const [written] = await db.run(
    compiled<WrittenRows>(sql`
      with since as (select ${since}::bigint as xid),
      contact_rows as (
        select contact.contract_id, contact.customer_id, contact.email_key as email
        from since, contacts contact join contracts contract using (contract_id)
        where ${isNew('contact')} or ${isNew('contract')}),
      other_rows as (
        select contract_id, customer_id, null as email from since, contracts where ${isNew('contracts')}
        union all
        select contract_id, customer_id, null from since, change_requests where ${isNew('change_requests')}
        union all
        select null, customer_id, email_key from since, support_accounts where ${isNew('support_accounts')}
        union all
        select null, customer_id, email_key from since, residual_accesses join support_accounts using (account_id)
        where ${isNew('residual_accesses')}),
      all_rows as (select * from contact_rows union all select * from other_rows)
      select
        coalesce(array_agg(distinct contract_id) filter (where contract_id is not null), '{}') as contract_ids,
        coalesce(array_agg(distinct customer_id), '{}') as customer_ids,
        coalesce(array_agg(distinct email) filter (where email is not null), '{}') as emails,
        (select coalesce(max(history_id), 0)::text from history) as last_entry,
        (select count(*)::int from residual_accesses) as residual_accesses,
        pg_snapshot_xmax(pg_current_snapshot())::text as next
      from all_rows`),
  )
  return written!
}
