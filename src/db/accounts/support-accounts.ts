import { sql, type RawBuilder } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled, prepared, sqlBuilder, type Operand } from '#db/driver/statement.ts'
import { fromPeopleInForce, isoTime, personJson } from '#db/fragments.ts'
import type { SupportAccount } from '#domain/accounts/support-account-view.ts'
import type { AccountContact } from '#domain/accounts/support-account.ts'
import type { AccountState, MailState } from '#domain/vocabulary.ts'

const residualAccess = sql<SupportAccount['residual_access']>`coalesce((
  select jsonb_agg(jsonb_build_object(
      'contact_id', person.contact_id, 'given_name', person.given_name,
      'family_name', case when person.erased_at is null then person.family_name else '[erased]' end,
      'left_at', ${isoTime('residual.left_at')})
    order by residual.left_at, person.contact_id)
  from residual_accesses residual join contacts person on person.contact_id = residual.contact_id
  where residual.account_id = support_accounts.account_id), '[]')`

const people = (today: Operand<string>) => sql<AccountContact[]>`coalesce((
  select jsonb_agg(${personJson} order by person.contact_id)
  ${fromPeopleInForce(today)} and person.account_id = support_accounts.account_id), '[]')`

const accounts = (today: Operand<string>) =>
  sqlBuilder
    .selectFrom('support_accounts')
    .select([
      'account_id',
      'customer_id',
      'email',
      'opened_at',
      'closed_at',
      'password_set_at',
      'in_use_since',
      'mail_state',
      'external_id',
      'erased_at',
      people(today).as('contacts'),
      residualAccess.as('residual_access'),
    ])

const findStatement = prepared<{ account_id: string; today: string }, SupportAccount>(parameter =>
  accounts(parameter('today')).where('account_id', '=', parameter('account_id')),
)

/** An account with the contacts that use it on a day. */
export async function findSupportAccount(
  db: Db,
  account_id: string,
  today: string,
): Promise<SupportAccount | undefined> {
  return first(await db.run(findStatement({ account_id, today })))
}

const listByIdsStatement = prepared<{ account_ids: readonly string[]; today: string }, SupportAccount>(parameter =>
  accounts(parameter('today'))
    .where('account_id', '=', sql<string>`any(${parameter('account_ids')}::uuid[])`)
    .orderBy('account_id'),
)

/** Accounts by their ids, each once. */
export async function listAccountsByIds(
  db: Db,
  account_ids: readonly string[],
  today: string,
): Promise<SupportAccount[]> {
  return await db.run(listByIdsStatement({ account_ids, today }))
}

const leftStatement = prepared<{ contact_ids: readonly string[] }, { account_id: string; email_key: string }>(
  parameter => sql`
  select distinct account.account_id, account.email_key
  from residual_accesses residual join support_accounts account on account.account_id = residual.account_id
  where residual.contact_id = any(${parameter('contact_ids')}::uuid[]) and account.email_key is not null
  order by account.account_id`,
)

/** The accounts that people have left and may still read (R21), by their contacts. */
export async function listAccountsLeft(
  db: Db,
  contact_ids: readonly string[],
): Promise<{ account_id: string; email_key: string }[]> {
  return await db.run(leftStatement({ contact_ids }))
}

export type SupportAccountFilter = {
  customer_id?: string
  state?: AccountState
  shared?: boolean
  mail_state?: MailState
  external_id?: string
}

/** A page of accounts in the order of their opening. */
export async function listSupportAccounts(
  db: Db,
  { customer_id, state, shared, mail_state, external_id }: SupportAccountFilter,
  today: string,
  page: { after: string; limit: number },
): Promise<SupportAccount[]> {
  let query = accounts(today).where('account_id', '>', page.after)
  if (customer_id !== undefined) query = query.where('customer_id', '=', customer_id)
  if (state !== undefined) query = query.where(state === 'open' ? isOpen(today) : isClosed(today, page, customer_id))
  if (mail_state !== undefined) query = query.where('mail_state', '=', mail_state)
  if (external_id !== undefined) query = query.where('external_id', '=', external_id)
  if (shared !== undefined) query = query.where(shared ? isShared(today) : sql<boolean>`not ${isShared(today)}`)
  return await db.run(compiled(query.orderBy('account_id').limit(page.limit)))
}

function isOpen(today: string): RawBuilder<boolean> {
  return sql`(closed_at is null and exists (
    select ${fromPeopleInForce(today)} and person.account_id = support_accounts.account_id))`
}

/** Closed, or about to close because its contracts have ended and that is not recorded yet (R28): within a page. */
function isClosed(
  today: string,
  { after, limit }: { after: string; limit: number },
  customer_id: string | undefined,
): RawBuilder<boolean> {
  const ofCustomer = customer_id === undefined ? sql`true` : sql`customer_id = ${customer_id}`
  // Scalar subqueries and OFFSET 0, because as joins Postgres would rather read the tables from end to end.
  return sql`support_accounts.account_id = any(array(
    (select account_id from support_accounts
      where closed_at is not null and account_id > ${after} and ${ofCustomer}
      order by account_id
      limit ${limit})
    union all
    select account.account_id from contracts ended
      cross join lateral (
        select distinct contacts.account_id from contacts
        where contacts.contract_id = ended.contract_id and contacts.removed_at is null
        offset 0) registered
      cross join lateral (
        select account_id from support_accounts
        where account_id = registered.account_id and closed_at is null
        offset 0) account
      where ended.end_recorded_at is null and ended.ends_on is not null and ended.ends_on < ${today} and ${ofCustomer}
        and (select true ${fromPeopleInForce(today)} and person.account_id = account.account_id limit 1) is null))`
}

/** Whether an account has several people (R18): a person on two contracts is one. */
function isShared(today: string): RawBuilder<boolean> {
  return sql`(closed_at is null and coalesce((
    select min(person.name_key) <> max(person.name_key)
    ${fromPeopleInForce(today)} and person.account_id = support_accounts.account_id), false))`
}

const findAddressStatement = prepared<{ account_id: string }, { email_key: string }>(parameter =>
  sqlBuilder.selectFrom('support_accounts').select('email_key').where('account_id', '=', parameter('account_id')),
)

/** The address of an account, by which it is locked. */
export async function findAccountAddress(db: Db, account_id: string): Promise<string | undefined> {
  return first(await db.run(findAddressStatement({ account_id })))?.email_key
}

/** What other systems report of an account. */
export type AccountReport = Pick<SupportAccount, 'password_set_at' | 'mail_state' | 'external_id'>

/** Records what was reported of an account. */
export async function updateAccountReport(db: Db, account_id: string, report: Partial<AccountReport>): Promise<void> {
  await db.run(compiled(sqlBuilder.updateTable('support_accounts').set(report).where('account_id', '=', account_id)))
}

/** The account that has an id of the help desk. */
export async function findAccountOfExternalId(db: Db, external_id: string): Promise<string | undefined> {
  const query = sqlBuilder.selectFrom('support_accounts').select('account_id').where('external_id', '=', external_id)
  return first(await db.run(compiled(query)))?.account_id
}

/** Ends the access of people who left the shared mailbox until a moment: a password set then keeps them out (R21). */
export async function deleteResidualAccesses(db: Db, account_id: string, left_until: string): Promise<void> {
  await db.run(
    compiled(
      sqlBuilder
        .deleteFrom('residual_accesses')
        .where('account_id', '=', account_id)
        .where('left_at', '<=', left_until),
    ),
  )
}
