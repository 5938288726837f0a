import { sql, type RawBuilder } from 'kysely'
import { hasNotEnded, isoTime } from '#db/columns.ts'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled, prepared, sqlBuilder, type Operand } from '#db/driver/statement.ts'
import type { SupportAccount } from '#domain/support-account-view.ts'
import type { AccountContact } from '#domain/support-account.ts'
import type { AccountState } from '#domain/vocabulary.ts'

const residualAccess = sql<SupportAccount['residual_access']>`coalesce((
  select jsonb_agg(jsonb_build_object('contact_id', person.contact_id, 'family_name', person.family_name,
    'given_name', person.given_name, 'left_at', ${isoTime('residual.left_at')}) order by residual.left_at, person.contact_id)
  from residual_accesses residual join contacts person on person.contact_id = residual.contact_id
  where residual.account_id = support_accounts.account_id), '[]')`

const accounts = (today: Operand<string>) =>
  sqlBuilder.selectFrom('support_accounts').select([
    'account_id',
    'customer_id',
    'email',
    'opened_at',
    'closed_at',
    'password_set_at',
    sql<AccountContact[]>`coalesce((
    select jsonb_agg(jsonb_build_object('contact_id', person.contact_id, 'contract_id', person.contract_id, 'role', person.role,
      'family_name', person.family_name, 'given_name', person.given_name, 'registered_at', ${isoTime('person.registered_at')}) order by person.contact_id)
    from contacts person join contracts contract on contract.contract_id = person.contract_id
    where person.account_id = support_accounts.account_id and person.removed_at is null and ${hasNotEnded('contract', today)}), '[]')`.as(
      'contacts',
    ),
    residualAccess.as('residual_access'),
  ])

const findSupportAccountStatement = prepared<{ account_id: string; today: string }, SupportAccount>(parameter =>
  accounts(parameter('today')).where('account_id', '=', parameter('account_id')),
)
export const findSupportAccount = async (
  db: Db,
  account_id: string,
  today: string,
): Promise<SupportAccount | undefined> => first(await db.run(findSupportAccountStatement({ account_id, today })))

export type SupportAccountFilter = { customer_id?: string; state?: AccountState; shared?: boolean }

/** A page of accounts in the order of their opening. */
export async function listSupportAccounts(
  db: Db,
  { customer_id, state, shared }: SupportAccountFilter,
  today: string,
  page: { after: string; limit: number },
): Promise<SupportAccount[]> {
  let query = accounts(today).where('account_id', '>', page.after)
  if (customer_id !== undefined) query = query.where('customer_id', '=', customer_id)
  if (state !== undefined) query = query.where(state === 'open' ? isOpen(today) : isClosed(today, page, customer_id))
  if (shared !== undefined) query = query.where(shared ? isShared(today) : sql<boolean>`not ${isShared(today)}`)
  return await db.run(compiled(query.orderBy('account_id').limit(page.limit)))
}

const accountAddressStatement = prepared<{ account_id: string }, { email_key: string }>(parameter =>
  sqlBuilder.selectFrom('support_accounts').select('email_key').where('account_id', '=', parameter('account_id')),
)
/** The address of an account, by which it is locked. */
export const findAccountAddress = async (db: Db, account_id: string): Promise<string | undefined> =>
  first(await db.run(accountAddressStatement({ account_id })))?.email_key

/** Notes when the account's password was set; who left the shared mailbox before then can no longer sign in (R21). */
export async function updatePasswordSetAt(db: Db, account_id: string, password_set_at: string | null): Promise<void> {
  await db.run(
    compiled(sqlBuilder.updateTable('support_accounts').set({ password_set_at }).where('account_id', '=', account_id)),
  )
  if (password_set_at === null) return
  await db.run(
    compiled(
      sqlBuilder
        .deleteFrom('residual_accesses')
        .where('account_id', '=', account_id)
        .where('left_at', '<=', password_set_at),
    ),
  )
}

/** Somebody present behind an account whose contract has not ended. */
const behind = (
  account: string,
  today: string,
) => sql`from contacts person join contracts contract on contract.contract_id = person.contract_id
  where person.account_id = ${sql.ref(account)} and person.removed_at is null and ${hasNotEnded('contract', today)}`

function isOpen(today: string): RawBuilder<boolean> {
  return sql`(closed_at is null and exists (select ${behind('support_accounts.account_id', today)}))`
}

/** Closed, or about to be, because the last day of its contracts has passed and that is yet to be recorded (R28): within a page. */
function isClosed(
  today: string,
  { after, limit }: { after: string; limit: number },
  customer_id: string | undefined,
): RawBuilder<boolean> {
  const ofCustomer = customer_id === undefined ? sql`true` : sql`customer_id = ${customer_id}`
  // Scalar subqueries and OFFSET 0, because as joins Postgres would rather read the tables from end to end.
  return sql`support_accounts.account_id = any(array(
    (select account_id from support_accounts where closed_at is not null and account_id > ${after} and ${ofCustomer} order by account_id limit ${limit})
    union all
    select account.account_id from contracts ended
      cross join lateral (select distinct contacts.account_id from contacts where contacts.contract_id = ended.contract_id and contacts.removed_at is null offset 0) registered
      cross join lateral (select account_id from support_accounts where account_id = registered.account_id and closed_at is null offset 0) account
      where ended.end_recorded_at is null and ended.ends_on is not null and ended.ends_on < ${today} and ${ofCustomer}
        and (select true ${behind('account.account_id', today)} limit 1) is null))`
}

/** Whether several people are behind an account (R18): a person on two contracts is one. */
function isShared(today: string): RawBuilder<boolean> {
  return sql`(closed_at is null and coalesce((select min(person.name_key) <> max(person.name_key) ${behind('support_accounts.account_id', today)}), false))`
}
