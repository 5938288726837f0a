import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { prepared } from '#db/driver/statement.ts'
import type { SenderRegistration } from '#domain/senders/sender-facts.ts'

const listStatement = prepared<{ email_keys: readonly string[] }, SenderRegistration>(
  parameter => sql`
  select account.email_key, account.account_id, account.customer_id, account.email, contact.contact_id,
    contact.contract_id, contact.role, contact.duties, contact.family_name, contact.given_name, contact.registered_at,
    contract.product_id, contract.starts_on, contract.ends_on
  from support_accounts account
    join contacts contact on contact.account_id = account.account_id and contact.email_key = account.email_key
      and contact.customer_id = account.customer_id and contact.removed_at is null
    join contracts contract on contract.contract_id = contact.contract_id
  where account.email_key = any(${parameter('email_keys')}::text[]) and account.closed_at is null`,
)

/** The contacts present behind each address, in the order of the addresses. */
export async function listSenderRegistrations(db: Db, email_keys: readonly string[]): Promise<SenderRegistration[][]> {
  const rows = Map.groupBy(await db.run(listStatement({ email_keys })), row => row.email_key)
  return email_keys.map(key => rows.get(key) ?? [])
}
