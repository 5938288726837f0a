import { sql } from 'kysely'
import { changeRequests } from '#db/change-requests/change-requests.ts'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { prepared, sqlBuilder, type Operand, type Statement } from '#db/driver/statement.ts'
import { personJson } from '#db/fragments.ts'
import type { ChangeRequest } from '#domain/change-requests/change-request.ts'
import type { TransferAccount } from '#domain/contracts/transfer.ts'

type AccountsAsked = {
  addresses: readonly string[]
  account_ids: readonly string[]
  contract_ids: readonly string[]
  customer_id: string
}

const listAccountsStatement = prepared<AccountsAsked, TransferAccount>(
  parameter => sql`
  select account.account_id, account.customer_id, account.email_key, account.closed_at is null as is_open,
    coalesce(behind.people, '[]') as staying
  from support_accounts account
    left join (
      select person.account_id, person.customer_id,
        jsonb_agg(${personJson} || jsonb_build_object('ends_on', contract.ends_on) order by person.contact_id) as people
      from contacts person join contracts contract on contract.contract_id = person.contract_id
      where person.account_id = any(${parameter('account_ids')}::uuid[]) and person.removed_at is null
        and person.contract_id <> all(${parameter('contract_ids')}::text[])
      group by person.account_id, person.customer_id) behind
    on behind.account_id = account.account_id and behind.customer_id = account.customer_id
  where account.email_key = any(${parameter('addresses')}::text[]) and account.superseded_at is null
    and (account.account_id = any(${parameter('account_ids')}::uuid[])
      or account.customer_id = ${parameter('customer_id')})
  order by account.account_id`,
)

/** The accounts at addresses: these, and those of a customer; with their present contacts on other contracts. */
export async function listTransferAccounts(db: Db, asked: AccountsAsked): Promise<TransferAccount[]> {
  return await db.run(listAccountsStatement(asked))
}

const lockCustomerStatement = prepared<{ customer_id: string }, { customer_id: string }>(parameter =>
  sqlBuilder
    .selectFrom('customers')
    .select('customer_id')
    .where('customer_id', '=', parameter('customer_id'))
    .forKeyShare(),
)

/** Whether a customer exists; then it is not deleted until this transaction ends. */
export async function lockCustomerInPlace(db: Db, customer_id: string): Promise<{ customer_id: string } | undefined> {
  return first(await db.run(lockCustomerStatement({ customer_id })))
}

const movingRequests = (contract_ids: Operand<readonly string[]>) =>
  changeRequests()
    .where(
      sql<boolean>`change_request_id = any(array(
        select change_request_id from change_requests where contract_id = any(${contract_ids}::text[])
        union all
        select request.change_request_id
        from contacts person join change_requests request
          on request.contract_id is null and request.person_change ->> 'contact_id' = person.contact_id::text
        where person.contract_id = any(${contract_ids}::text[]) and person.removed_at is null
          and request.closed_at is null))`,
    )
    .orderBy('change_request_id')

const lockRequestsStatement = prepared<{ contract_ids: readonly string[] }, ChangeRequest>(parameter =>
  movingRequests(parameter('contract_ids')).forNoKeyUpdate(),
)

/** The change requests of contracts, and the open ones of the people on them, locked before the contracts. */
export async function lockMovingRequests(db: Db, contract_ids: readonly string[]): Promise<ChangeRequest[]> {
  return await db.run(lockRequestsStatement({ contract_ids }))
}

const listRequestsStatement = prepared<{ contract_ids: readonly string[] }, ChangeRequest>(parameter =>
  movingRequests(parameter('contract_ids')),
)

/** The change requests of contracts, and the open ones of the people on them. */
export async function listMovingRequests(db: Db, contract_ids: readonly string[]): Promise<ChangeRequest[]> {
  return await db.run(listRequestsStatement({ contract_ids }))
}

/** What goes to another customer, by ids; `superseded` are accounts that stay closed for good. */
export type TransferWrite = {
  customer_id: string
  now: string
  contract_ids: readonly string[]
  contact_ids: readonly string[]
  change_request_ids: readonly string[]
  account_ids: readonly string[]
  superseded: readonly string[]
}

const updateStatement = prepared<TransferWrite, unknown>(
  parameter => sql`
  with contact_rows as (
    update contacts set customer_id = ${parameter('customer_id')}, updated_at = ${parameter('now')}
    where contact_id = any(${parameter('contact_ids')}::uuid[])),
  request_rows as (
    update change_requests set customer_id = ${parameter('customer_id')}
    where change_request_id = any(${parameter('change_request_ids')}::uuid[]) and contract_id is null),
  account_rows as (
    update support_accounts set
      customer_id = case when account_id = any(${parameter('account_ids')}::uuid[])
        then ${parameter('customer_id')} else customer_id end,
      superseded_at = case when account_id = any(${parameter('superseded')}::uuid[])
        then ${parameter('now')}::timestamptz else superseded_at end
    where account_id = any(${parameter('account_ids')}::uuid[] || ${parameter('superseded')}::uuid[]))
  update contracts set customer_id = ${parameter('customer_id')}, updated_at = ${parameter('now')},
    changed_at = ${parameter('now')}
  where contract_id = any(${parameter('contract_ids')}::text[])`,
)

/** Gives contracts with all that goes along to another customer. A foreign key takes their change requests along. */
export function updateTransferred(write: TransferWrite): Statement<unknown> {
  return updateStatement(write)
}
