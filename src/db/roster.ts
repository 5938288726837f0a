import { sql } from 'kysely'
import { hasNotEnded } from '#db/columns.ts'
import { contacts } from '#db/contacts.ts'
import type { Db } from '#db/database.ts'
import { first } from '#db/first.ts'
import { prepared, sqlBuilder, statementName, type Statement } from '#db/statement.ts'
import type { Contact } from '#domain/contact.ts'
import { nameKey } from '#domain/person-name.ts'
import type { RosterPlan } from '#domain/roster-plan.ts'
import type { AddressAccount, AddressAccounts, RosterContract } from '#domain/roster.ts'

const lockContractStatement = prepared<{ contract_id: string }, RosterContract>(parameter => sqlBuilder.selectFrom('contracts')
  .select(['contract_id', 'customer_id', 'starts_on', 'ends_on', 'seat_limit', 'seats_used', 'registered_at'])
  .where('contract_id', '=', parameter('contract_id')).forNoKeyUpdate())
/** The contract, which nobody else changes until this transaction ends. */
export const lockContract = async (db: Db, contract_id: string): Promise<RosterContract | undefined> => first(await db.run(lockContractStatement({ contract_id })))

const listRosterStatement = prepared<{ contract_id: string }, Contact>(parameter =>
  contacts().where('contract_id', '=', parameter('contract_id')).where('removed_at', 'is', null).orderBy('contact_id'))
/** Every present contact of a contract. Seats bound their number. */
export const listRoster = async (db: Db, contract_id: string): Promise<Contact[]> => await db.run(listRosterStatement({ contract_id }))

const accountsStatement = prepared<{ addresses: readonly string[], contract_id: string, today: string }, AddressAccount>(parameter => sql`
  select account.account_id, account.customer_id, account.email_key,
    coalesce((select jsonb_agg(jsonb_build_object('contact_id', person.contact_id, 'contract_id', person.contract_id, 'role', person.role,
        'family_name', person.family_name, 'given_name', person.given_name, 'registered_at', person.registered_at) order by person.contact_id)
      from contacts person join contracts contract on contract.contract_id = person.contract_id
      where person.account_id = account.account_id and person.removed_at is null
        and person.contract_id <> ${parameter('contract_id')} and ${hasNotEnded('contract', parameter('today'))}), '[]') as elsewhere,
    coalesce((select jsonb_agg(jsonb_build_object('contact_id', person.contact_id, 'family_name', person.family_name, 'given_name', person.given_name))
      from residual_accesses residual join contacts person on person.contact_id = residual.contact_id
      where residual.account_id = account.account_id), '[]') as residual_access
  from support_accounts account
  where account.email_key = any(${parameter('addresses')}) and account.closed_at is null`)

/** The open accounts of addresses, with who stands behind them on other contracts. */
export async function findAddressAccounts (db: Db, addresses: readonly string[], contract_id: string, today: string): Promise<AddressAccounts> {
  if (addresses.length === 0) return new Map()
  const accounts = await db.run(accountsStatement({ addresses, contract_id, today }))
  return new Map(accounts.map(account => [account.email_key, account]))
}

// Each part of the write by the rows that it takes; a part without rows is left out, so that one contact's
// registration does not pay for what a whole roster may need. A statement sees the table as it was before: the parts
// do not depend on each other's rows, foreign keys and the two exclusions are checked when it ends.
const WRITES = {
  opened: `insert into support_accounts (account_id, customer_id, email, email_key, opened_at)
    select account_id, customer_id, email, email_key, opened_at from json_populate_recordset(null::support_accounts, $n)`,
  reopened: 'update support_accounts set closed_at = null from json_populate_recordset(null::support_accounts, $n) as row where support_accounts.account_id = row.account_id',
  closed: 'update support_accounts set closed_at = greatest(row.closed_at, support_accounts.opened_at), password_set_at = null from json_populate_recordset(null::support_accounts, $n) as row where support_accounts.account_id = row.account_id',
  added: `insert into contacts (contact_id, contract_id, customer_id, account_id, role, duties, family_name, given_name, name_key, name_doubtful,
      email, email_key, shared_mailbox, privacy_notice_version, registered_at)
    select contact_id, contract_id, customer_id, account_id, role, duties, family_name, given_name, name_key, name_doubtful,
      email, email_key, shared_mailbox, privacy_notice_version, registered_at from json_populate_recordset(null::contacts, $n)`,
  changed: `update contacts set account_id = row.account_id, role = row.role, duties = row.duties, family_name = row.family_name, given_name = row.given_name,
      name_key = row.name_key, name_doubtful = row.name_doubtful, email = row.email, email_key = row.email_key,
      shared_mailbox = row.shared_mailbox, privacy_notice_version = row.privacy_notice_version
    from json_populate_recordset(null::contacts, $n) as row where contacts.contact_id = row.contact_id`,
  removed: 'update contacts set removed_at = row.removed_at from json_populate_recordset(null::contacts, $n) as row where contacts.contact_id = row.contact_id',
  departed: `insert into residual_accesses (account_id, contact_id, left_at)
    select account_id, contact_id, left_at from json_populate_recordset(null::residual_accesses, $n)
    on conflict (account_id, contact_id) do update set left_at = excluded.left_at`,
  returned: `delete from residual_accesses using json_populate_recordset(null::residual_accesses, $n) as row
    where residual_accesses.account_id = row.account_id and residual_accesses.contact_id = row.contact_id`,
  contract: `update contracts set seats_used = row.seats_used, registered_at = row.registered_at
    from json_populate_recordset(null::contracts, $n) as row where contracts.contract_id = row.contract_id`
} as const

/** Everything that a plan changes, as one statement: it happens whole or not at all, in one round trip. */
export function writeRoster (plan: RosterPlan, { contract_id, customer_id }: RosterContract, now: string): Statement<unknown> {
  const { opened, reopened, closed, lapsed, departed, returned } = plan.accounts
  const rows: Record<keyof typeof WRITES, readonly object[]> = {
    opened: opened.map(account => ({ ...account, customer_id, opened_at: now })),
    reopened: reopened.map(account_id => ({ account_id })),
    closed: [...closed, ...lapsed.map(({ account_id }) => account_id)].map(account_id => ({ account_id, closed_at: now })),
    added: plan.added.map(keyed),
    changed: plan.changed.map(({ after }) => keyed(after)),
    removed: plan.removed,
    departed: departed.map(departure => ({ ...departure, left_at: now })),
    returned,
    contract: [{ contract_id, seats_used: plan.seats_used, registered_at: plan.registered_at }]
  }
  const parts = Object.entries(rows).filter(([, part]) => part.length > 0) as [keyof typeof WRITES, readonly object[]][]
  return { ...statementOf(parts.map(([part]) => part)), values: parts.map(([, part]) => JSON.stringify(part)) }
}

function keyed (contact: Contact): object {
  return { ...contact, name_key: nameKey(contact) }
}

const statements = new Map<string, { name: string, text: string }>()

/** One statement for each set of parts, built once. */
function statementOf (parts: readonly (keyof typeof WRITES)[]): { name: string, text: string } {
  const known = statements.get(parts.join())
  if (known !== undefined) return known
  const text = `with ${parts.map((part, index) => `${part}_rows as (${WRITES[part].replace('$n', `$${index + 1}::json`)})`).join(',\n')} select`
  const statement = { name: statementName(text), text }
  statements.set(parts.join(), statement)
  return statement
}
