import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { prepared, sqlBuilder } from '#db/driver/statement.ts'
import { contactsOn, isoTime, personJson } from '#db/fragments.ts'
import type { Contact } from '#domain/contact.ts'
import type { AddressAccount, AddressAccounts, CustomersAccounts, RosterContract } from '#domain/roster.ts'
import type { AccountContact } from '#domain/accounts/support-account.ts'

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
      'awaits_start',
    ])

const findContractStatement = prepared<{ contract_id: string }, RosterContract>(parameter =>
  rosterContracts().where('contract_id', '=', parameter('contract_id')),
)

/** The facts about a contract that the rules of a roster need, without a lock. */
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

const lockInPlaceStatement = prepared<{ contract_ids: readonly string[] }, { contract_id: string }>(parameter =>
  sqlBuilder
    .selectFrom('contracts')
    .select('contract_id')
    .where(sql<boolean>`contract_id = any(${parameter('contract_ids')})`)
    .orderBy('contract_id')
    .forShare(),
)

/** Keeps contracts and their contacts as they are until this transaction ends, without changing them. */
export async function lockContractsInPlace(db: Db, contract_ids: readonly string[]): Promise<void> {
  const locks = [...new Set(contract_ids)].map(contract_id => `contract ${contract_id}`)
  await db.run({ ...lockInPlaceStatement({ contract_ids }), locks })
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

// OFFSET 0, because without statistics Postgres would read all contacts, and not the index for each contract.
const listRostersStatement = prepared<{ contract_ids: readonly string[]; today: string }, Contact>(
  parameter => sql`
  select roster.* from unnest(${parameter('contract_ids')}::text[]) as asked (contract_id)
    cross join lateral ${contactsOn(parameter('today'))
      .where('contract_id', '=', sql<string>`asked.contract_id`)
      .where('removed_at', 'is', null)
      .offset(sql.lit(0))} roster
  order by contract_id, contact_id`,
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

type ListedPerson = AccountContact & { has_ended: boolean }
type ListedAccount = Omit<AddressAccount, 'elsewhere' | 'run_out' | 'closed'> & { people: ListedPerson[] }

// Contacts whose contract ended by its date are listed until the end is recorded: they used the account.
const listAccountsStatement = prepared<
  { addresses: readonly string[]; contract_ids: readonly string[]; today: string },
  ListedAccount
>(
  parameter => sql`
  select account.account_id, account.customer_id, account.email, account.email_key, account.opened_at,
    account.closed_at, account.password_set_at, account.in_use_since, account.mail_state,
    account.external_id,
    coalesce((
      select jsonb_agg(${personJson} || jsonb_build_object(
          'has_ended', coalesce(contract.ends_on < ${parameter('today')}, false)) order by person.contact_id)
      from contacts person join contracts contract on contract.contract_id = person.contract_id
      where person.account_id = account.account_id and person.removed_at is null
        and person.customer_id = account.customer_id and person.email_key = account.email_key
        and person.contract_id <> all(${parameter('contract_ids')})
        and (contract.end_recorded_at is null or contract.ends_on >= ${parameter('today')})
    ), '[]') as people,
    coalesce((
      select jsonb_agg(jsonb_build_object('contact_id', person.contact_id, 'family_name', person.family_name,
        'given_name', person.given_name, 'is_erased', person.erased_at is not null,
        'left_at', ${isoTime('residual.left_at')}, 'at_closing', residual.at_closing))
      from residual_accesses residual join contacts person on person.contact_id = residual.contact_id
      where residual.account_id = account.account_id
    ), '[]') as residual_access
  from support_accounts account
  where account.email_key = any(${parameter('addresses')}) and account.superseded_at is null
    and (account.closed_at is null or account.customer_id in (
      select customer_id from contracts where contract_id = any(${parameter('contract_ids')})))`,
)

/**
 * The accounts of addresses, by address: the open one, and the closed one of these contracts' customer; with the people
 * behind them on other contracts than these.
 */
export async function listAddressAccounts(
  db: Db,
  addresses: readonly string[],
  contract_ids: readonly string[],
  today: string,
): Promise<AddressAccounts> {
  if (addresses.length === 0) return new Map()
  const accounts = byAddress(await db.run(listAccountsStatement({ addresses, contract_ids, today })))
  return new Map([...accounts].map(([email_key, listed]) => [email_key, withClosed(listed)]))
}

/** The same for contracts of several customers: at each address the open account, then the closed one of each. */
export async function listCustomersAccounts(
  db: Db,
  addresses: readonly string[],
  contract_ids: readonly string[],
  today: string,
): Promise<CustomersAccounts> {
  if (addresses.length === 0) return new Map()
  return byAddress(await db.run(listAccountsStatement({ addresses, contract_ids, today })))
}

function byAddress(rows: readonly ListedAccount[]): Map<string, AddressAccount[]> {
  const openFirst = rows.toSorted((a, b) => Number(a.closed_at !== null) - Number(b.closed_at !== null))
  return Map.groupBy(openFirst.map(addressAccount), ({ email_key }) => email_key)
}

/** Of the accounts of one address the open one, with the closed one; else that. */
function withClosed([first, closed]: readonly AddressAccount[]): AddressAccount {
  if (first === undefined) throw new Error('a group holds one account at least')
  return { ...first, ...(closed && { closed }) }
}

function addressAccount({ people, ...account }: ListedAccount): AddressAccount {
  return {
    ...account,
    elsewhere: people.filter(({ has_ended }) => !has_ended).map(accountContact),
    run_out: people.filter(({ has_ended }) => has_ended).map(accountContact),
  }
}

function accountContact({ has_ended: _ended, ...person }: ListedPerson): AccountContact {
  return person
}
