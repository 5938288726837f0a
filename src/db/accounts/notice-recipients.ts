import { sql, type RawBuilder } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { compiled } from '#db/driver/statement.ts'
import { fromPeopleInForce, personJson } from '#db/fragments.ts'
import type { NoticeAccount } from '#domain/accounts/notice-recipient.ts'
import type { Role } from '#domain/vocabulary.ts'

/** The accounts that a notice is for: with a contact in this role on a contract of this product, of this customer. */
export type NoticeFilter = {
  customer_id?: string | undefined
  product_id?: string | undefined
  role?: Role | undefined
}

/** How a page is found: among the contracts of the filter's product, or among the accounts. */
export type NoticeSearch = 'contracts' | 'accounts'

/** A page of the open accounts that a notice goes to, in the order of their opening (R31). */
export async function listNoticeAccounts(
  db: Db,
  filter: NoticeFilter & { search: NoticeSearch },
  today: string,
  page: { after: string; limit: number },
): Promise<NoticeAccount[]> {
  const { customer_id } = filter
  const ofCustomer = customer_id === undefined ? sql`true` : sql`customer_id = ${customer_id}`
  // The page is found first, so that accounts which the filter leaves out do not cost what a shown account costs.
  return await db.run(
    compiled(sql<NoticeAccount>`
    select account.account_id, account.customer_id, customers.name as customer_name, account.email, behind.contacts
    from (
        select account_id, customer_id, email from support_accounts
        where closed_at is null and account_id > ${page.after} and ${ofCustomer} and ${isMeant(filter, today)}
        order by account_id
        limit ${page.limit}) account
      join customers on customers.customer_id = account.customer_id
      cross join lateral (
        select jsonb_agg(${personJson} || jsonb_build_object('product_id', contract.product_id)
          order by person.contact_id) as contacts
        ${fromPeopleInForce(today)} and person.account_id = account.account_id
      ) behind
    order by account.account_id`),
  )
}

function isMeant({ product_id, role, search }: NoticeFilter & { search: NoticeSearch }, today: string) {
  const ofProduct = product_id === undefined ? sql`true` : sql`contract.product_id = ${product_id}`
  const inRole = role === undefined ? sql`true` : sql`person.role = ${role}`
  const meant: RawBuilder<unknown> = sql`${fromPeopleInForce(today)} and ${ofProduct} and ${inRole}`
  return search === 'contracts'
    ? sql`account_id = any(array(select person.account_id ${meant}))`
    : sql`(select true ${meant} and person.account_id = support_accounts.account_id limit 1)`
}
