import { sql, type RawBuilder } from 'kysely'
import { hasNotEnded, isoTime } from '#db/columns.ts'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled, prepared } from '#db/driver/statement.ts'
import type { NoticeAccount } from '#domain/notice-recipient.ts'
import type { Role } from '#domain/vocabulary.ts'

/** Whom a notice is for: accounts with a contact in this role on a contract of this product, of this customer. */
export type NoticeFilter = {
  customer_id?: string | undefined
  product_id?: string | undefined
  role?: Role | undefined
}

/** A page of the open accounts that a notice goes to, in the order of their opening (R31). */
export async function listNoticeAccounts(
  db: Db,
  filter: NoticeFilter,
  today: string,
  page: { after: string; limit: number },
): Promise<NoticeAccount[]> {
  const { customer_id } = filter
  // The page is found first: whom a filter leaves out must not cost what is shown of the others.
  return await db.run(
    compiled(sql<NoticeAccount>`
    select account.account_id, account.customer_id, customers.name as customer_name, account.email, behind.contacts
    from (select account_id, customer_id, email from support_accounts
        where closed_at is null and account_id > ${page.after} and ${customer_id === undefined ? sql`true` : sql`customer_id = ${customer_id}`}
          and ${await isMeant(db, filter, today)}
        order by account_id limit ${page.limit}) account
      join customers on customers.customer_id = account.customer_id
      cross join lateral (
        select jsonb_agg(jsonb_build_object('contact_id', contact.contact_id, 'contract_id', contact.contract_id, 'product_id', contract.product_id, 'role', contact.role,
            'family_name', contact.family_name, 'given_name', contact.given_name, 'registered_at', ${isoTime('contact.registered_at')}) order by contact.contact_id) as contacts
        ${present(today)} and contact.account_id = account.account_id
      ) behind
    order by account.account_id`),
  )
}

/** A product with no more contracts than this is looked for among its contracts, any other among the accounts. */
const FEW_CONTRACTS = 2000

// Written as a range, because for an equality Postgres would count along the primary key.
const fewStatement = prepared<{ product_id: string }, { few: boolean }>(
  parameter => sql`
  select count(*) filter (where product_id = ${parameter('product_id')}) <= ${sql.lit(FEW_CONTRACTS)} as few from (
    select product_id from contracts where product_id >= ${parameter('product_id')} order by product_id, contract_id limit ${sql.lit(FEW_CONTRACTS + 1)}) of_product`,
)

/** Whether an account is meant: a rare product would otherwise be looked for behind every account there is. */
async function isMeant(db: Db, filter: NoticeFilter, today: string): Promise<RawBuilder<boolean>> {
  const { product_id } = filter
  const isRare = product_id !== undefined && first(await db.run(fewStatement({ product_id })))?.few === true
  if (isRare) return sql`account_id = any(array(select contact.account_id ${present(today)} and ${meant(filter)}))`
  return sql`(select true ${present(today)} and contact.account_id = support_accounts.account_id and ${meant(filter)} limit 1)`
}

/** Contacts whose contracts have not ended. */
function present(today: string): RawBuilder<unknown> {
  return sql`from contacts contact join contracts contract on contract.contract_id = contact.contract_id where contact.removed_at is null and ${hasNotEnded('contract', today)}`
}

function meant({ product_id, role }: NoticeFilter): RawBuilder<boolean> {
  return sql`${product_id === undefined ? sql`true` : sql`contract.product_id = ${product_id}`} and ${role === undefined ? sql`true` : sql`contact.role = ${role}`}`
}
