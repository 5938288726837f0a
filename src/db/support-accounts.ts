import { sql } from 'kysely'
import { hasNotEnded, isoTime } from '#db/columns.ts'
import type { Db } from '#db/database.ts'
import { first } from '#db/first.ts'
import { compiled, prepared, sqlBuilder } from '#db/statement.ts'
import type { SupportAccount } from '#domain/support-account-view.ts'
import type { AccountContact } from '#domain/support-account.ts'

const residualAccess = sql<SupportAccount['residual_access']>`coalesce((
  select jsonb_agg(jsonb_build_object('contact_id', person.contact_id, 'family_name', person.family_name,
    'given_name', person.given_name, 'left_at', ${isoTime('residual.left_at')}) order by residual.left_at, person.contact_id)
  from residual_accesses residual join contacts person on person.contact_id = residual.contact_id
  where residual.account_id = support_accounts.account_id), '[]')`

const accounts = (today: string) => sqlBuilder.selectFrom('support_accounts').select([
  'account_id', 'customer_id', 'email', 'opened_at', 'closed_at', 'password_set_at',
  sql<AccountContact[]>`coalesce((
    select jsonb_agg(jsonb_build_object('contact_id', person.contact_id, 'contract_id', person.contract_id, 'role', person.role,
      'family_name', person.family_name, 'given_name', person.given_name, 'registered_at', ${isoTime('person.registered_at')}) order by person.contact_id)
    from contacts person join contracts contract on contract.contract_id = person.contract_id
    where person.account_id = support_accounts.account_id and person.removed_at is null and ${hasNotEnded('contract', today)}), '[]')`.as('contacts'),
  residualAccess.as('residual_access')
])

const findSupportAccountStatement = prepared<{ account_id: string, today: string }, SupportAccount>(parameter =>
  accounts(parameter('today')).where('account_id', '=', parameter('account_id')))
export const findSupportAccount = async (db: Db, account_id: string, today: string): Promise<SupportAccount | undefined> =>
  first(await db.run(findSupportAccountStatement({ account_id, today })))

export type SupportAccountFilter = { customer_id?: string }

/** A page of accounts in the order of their opening. */
export async function listSupportAccounts (db: Db, { customer_id }: SupportAccountFilter, today: string, page: { after: string, limit: number }): Promise<SupportAccount[]> {
  let query = accounts(today).where('account_id', '>', page.after)
  if (customer_id !== undefined) query = query.where('customer_id', '=', customer_id)
  return await db.run(compiled(query.orderBy('account_id').limit(page.limit)))
}

const accountAddressStatement = prepared<{ account_id: string }, { email_key: string }>(parameter =>
  sqlBuilder.selectFrom('support_accounts').select('email_key').where('account_id', '=', parameter('account_id')))
/** The address of an account, by which it is locked. */
export const findAccountAddress = async (db: Db, account_id: string): Promise<string | undefined> => first(await db.run(accountAddressStatement({ account_id })))?.email_key

/** Notes when the account's password was set; who left the shared mailbox before then can no longer sign in (R21). */
export async function updatePasswordSetAt (db: Db, account_id: string, password_set_at: string | null): Promise<void> {
  await db.run(compiled(sqlBuilder.updateTable('support_accounts').set({ password_set_at }).where('account_id', '=', account_id)))
  if (password_set_at === null) return
  await db.run(compiled(sqlBuilder.deleteFrom('residual_accesses').where('account_id', '=', account_id).where('left_at', '<=', password_set_at)))
}
