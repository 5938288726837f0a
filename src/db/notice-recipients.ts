import { sql } from 'kysely'
import { hasNotEnded, isoTime } from '#db/columns.ts'
import type { Db } from '#db/database.ts'
import { compiled } from '#db/statement.ts'
import type { NoticeAccount } from '#domain/notice-recipient.ts'
import type { Role } from '#domain/vocabulary.ts'

/** Whom a notice is for: accounts with a contact in this role on a contract of this product, of this customer. */
export type NoticeFilter = { customer_id?: string | undefined, product_id?: string | undefined, role?: Role | undefined }

/** A page of the open accounts that a notice goes to, in the order of their opening (R31). */
export async function listNoticeAccounts (db: Db, { customer_id, product_id, role }: NoticeFilter, today: string, page: { after: string, limit: number }): Promise<NoticeAccount[]> {
  return await db.run(compiled(sql<NoticeAccount>`
    select account.account_id, account.customer_id, customers.name as customer_name, account.email, behind.contacts
    from support_accounts account join customers on customers.customer_id = account.customer_id
      cross join lateral (
        select jsonb_agg(jsonb_build_object('contact_id', contact.contact_id, 'contract_id', contact.contract_id, 'product_id', contract.product_id, 'role', contact.role,
            'family_name', contact.family_name, 'given_name', contact.given_name, 'registered_at', ${isoTime('contact.registered_at')}) order by contact.contact_id) as contacts,
          bool_or(${product_id === undefined ? sql`true` : sql`contract.product_id = ${product_id}`} and ${role === undefined ? sql`true` : sql`contact.role = ${role}`}) as is_meant
        from contacts contact join contracts contract on contract.contract_id = contact.contract_id
        where contact.account_id = account.account_id and contact.removed_at is null and ${hasNotEnded('contract', today)}
      ) behind
    where account.closed_at is null and account.account_id > ${page.after} and ${customer_id === undefined ? sql`true` : sql`account.customer_id = ${customer_id}`} and behind.is_meant
    order by account.account_id limit ${page.limit}`))
}
