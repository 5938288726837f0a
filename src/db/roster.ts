import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { prepared, sqlBuilder } from '#db/driver/statement.ts'
import { CONTACT_COLUMNS, fromPeopleInForce, personJson } from '#db/fragments.ts'
import type { Contact } from '#domain/contact.ts'
import type { AddressAccount, AddressAccounts, RosterContract } from '#domain/roster.ts'

const customerName = sql<string>`(select name from customers where customers.customer_id = contracts.customer_id)`

const rosterContracts = () =>
  sqlBuilder
    .selectFrom('contracts')
    .select([
      'contract_id',
      'customer_id',
      customerName.as('customer_name'),
      'starts_on',
      'ends_on',
      'seat_limit',
      'seats_used',
      'registered_at',
      'changed_at',
      'over_since',
      'end_recorded_at',
    ])

const findContractStatement = prepared<{ contract_id: string }, RosterContract>(parameter =>
  rosterContracts().where('contract_id', '=', parameter('contract_id')),
)

export async function findRosterContract(db: Db, contract_id: string): Promise<RosterContract | undefined> {
  return first(await db.run(findContractStatement({ contract_id })))
}

const lockContractStatement = prepared<{ contract_id: string }, RosterContract>(parameter =>
  rosterContracts().where('contract_id', '=', parameter('contract_id')).forNoKeyUpdate(),
)

/** The contract, locked against other changes until this transaction ends. */
export async function lockContract(db: Db, contract_id: string): Promise<RosterContract | undefined> {
  return first(await db.run({ ...lockContractStatement({ contract_id }), locks: [`contract ${contract_id}`] }))
}

const listRosterStatement = prepared<{ contract_id: string }, Contact>(parameter =>
  sqlBuilder
    .selectFrom('contacts')
    .select(CONTACT_COLUMNS)
    .where('contract_id', '=', parameter('contract_id'))
    .where('removed_at', 'is', null)
    .orderBy('contact_id'),
)

/** Every present contact of a contract. Seats bound their number. */
export async function listRoster(db: Db, contract_id: string): Promise<Contact[]> {
  return await db.run(listRosterStatement({ contract_id }))
}

const listAccountsStatement = prepared<
  { addresses: readonly string[]; contract_id: string; today: string },
  AddressAccount
>(
  parameter => sql`
  select account.account_id, account.customer_id, account.email_key,
    coalesce((
      select jsonb_agg(${personJson} order by person.contact_id)
      ${fromPeopleInForce(parameter('today'))}
        and person.account_id = account.account_id and person.contract_id <> ${parameter('contract_id')}
    ), '[]') as elsewhere,
    coalesce((
      select jsonb_agg(jsonb_build_object(
        'contact_id', person.contact_id, 'family_name', person.family_name, 'given_name', person.given_name))
      from residual_accesses residual join contacts person on person.contact_id = residual.contact_id
      where residual.account_id = account.account_id
    ), '[]') as residual_access
  from support_accounts account
  where account.email_key = any(${parameter('addresses')}) and account.closed_at is null`,
)

/** The open accounts of addresses, by address, with the people behind them on other contracts than this. */
export async function listAddressAccounts(
  db: Db,
  addresses: readonly string[],
  contract_id: string,
  today: string,
): Promise<AddressAccounts> {
  if (addresses.length === 0) return new Map()
  const accounts = await db.run(listAccountsStatement({ addresses, contract_id, today }))
  return new Map(accounts.map(account => [account.email_key, account]))
}
