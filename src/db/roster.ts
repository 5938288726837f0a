import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { prepared, sqlBuilder } from '#db/driver/statement.ts'
import { contactsOn, fromPeopleInForce, personJson } from '#db/fragments.ts'
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

const findContractsStatement = prepared<{ contract_ids: readonly string[] }, RosterContract>(parameter =>
  rosterContracts()
    .where(sql<boolean>`contract_id = any(${parameter('contract_ids')})`)
    .orderBy('contract_id'),
)

/** Contracts in the order of their ids, each once. */
export async function listRosterContracts(db: Db, contract_ids: readonly string[]): Promise<RosterContract[]> {
  return await db.run(findContractsStatement({ contract_ids }))
}

const lockContractsStatement = prepared<{ contract_ids: readonly string[] }, RosterContract>(parameter =>
  rosterContracts()
    .where(sql<boolean>`contract_id = any(${parameter('contract_ids')})`)
    .orderBy('contract_id')
    .forNoKeyUpdate(),
)

/** The contract, locked against other changes until this transaction ends. */
export async function lockContract(db: Db, contract_id: string): Promise<RosterContract | undefined> {
  const locks = [`contract ${contract_id}`]
  return first(await db.run({ ...lockContractsStatement({ contract_ids: [contract_id] }), locks }))
}

/** Contracts, locked in the order of their ids, so that no two transactions wait for each other. */
export async function lockContracts(db: Db, contract_ids: readonly string[]): Promise<RosterContract[]> {
  const locks = [...new Set(contract_ids)].map(contract_id => `contract ${contract_id}`)
  return await db.run({ ...lockContractsStatement({ contract_ids }), locks })
}

const listRostersStatement = prepared<{ contract_ids: readonly string[]; today: string }, Contact>(parameter =>
  contactsOn(parameter('today'))
    .where(sql<boolean>`contract_id = any(${parameter('contract_ids')})`)
    .where('removed_at', 'is', null)
    .orderBy('contract_id')
    .orderBy('contact_id'),
)

/** Every present contact of a contract. Seats bound their number. */
export async function listRoster(db: Db, contract_id: string, today: string): Promise<Contact[]> {
  return await db.run(listRostersStatement({ contract_ids: [contract_id], today }))
}

/** Every present contact of contracts, by contract. */
export async function listRosters(
  db: Db,
  contract_ids: readonly string[],
  today: string,
): Promise<Map<string, Contact[]>> {
  const contacts = await db.run(listRostersStatement({ contract_ids, today }))
  return Map.groupBy(contacts, ({ contract_id }) => contract_id)
}

const listAccountsStatement = prepared<
  { addresses: readonly string[]; contract_ids: readonly string[]; today: string },
  AddressAccount
>(
  parameter => sql`
  select account.account_id, account.customer_id, account.email_key,
    coalesce((
      select jsonb_agg(${personJson} order by person.contact_id)
      ${fromPeopleInForce(parameter('today'))}
        and person.account_id = account.account_id and person.contract_id <> all(${parameter('contract_ids')})
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

/** The open accounts of addresses, by address, with the people behind them on other contracts than these. */
export async function listAddressAccounts(
  db: Db,
  addresses: readonly string[],
  contract_ids: readonly string[],
  today: string,
): Promise<AddressAccounts> {
  if (addresses.length === 0) return new Map()
  const accounts = await db.run(listAccountsStatement({ addresses, contract_ids, today }))
  return new Map(accounts.map(account => [account.email_key, account]))
}
