import { sql } from 'kysely'
import { hasNotEnded } from '#db/columns.ts'
import { contacts } from '#db/contacts.ts'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { historyValues, INSERT_HISTORY, type HistoryEntry } from '#db/history.ts'
import { prepared, sqlBuilder, statementName, type Statement } from '#db/driver/statement.ts'
import type { Contact } from '#domain/contact.ts'
import { nameKey } from '#domain/person-name.ts'
import type { Change } from '#domain/requester.ts'
import type { RosterPlan } from '#domain/roster-plan.ts'
import type { AddressAccount, AddressAccounts, RosterContract } from '#domain/roster.ts'

const rosterContracts = () =>
  sqlBuilder
    .selectFrom('contracts')
    .select([
      'contract_id',
      'customer_id',
      sql<string>`(select name from customers where customers.customer_id = contracts.customer_id)`.as('customer_name'),
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
export const findRosterContract = async (db: Db, contract_id: string): Promise<RosterContract | undefined> =>
  first(await db.run(findContractStatement({ contract_id })))

const lockContractStatement = prepared<{ contract_id: string }, RosterContract>(parameter =>
  rosterContracts().where('contract_id', '=', parameter('contract_id')).forNoKeyUpdate(),
)
/** The contract, which nobody else changes until this transaction ends. */
export const lockContract = async (db: Db, contract_id: string): Promise<RosterContract | undefined> =>
  first(await db.run(lockContractStatement({ contract_id })))

const listRosterStatement = prepared<{ contract_id: string }, Contact>(parameter =>
  contacts().where('contract_id', '=', parameter('contract_id')).where('removed_at', 'is', null).orderBy('contact_id'),
)
/** Every present contact of a contract. Seats bound their number. */
export const listRoster = async (db: Db, contract_id: string): Promise<Contact[]> =>
  await db.run(listRosterStatement({ contract_id }))

const accountsStatement = prepared<
  { addresses: readonly string[]; contract_id: string; today: string },
  AddressAccount
>(
  parameter => sql`
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
  where account.email_key = any(${parameter('addresses')}) and account.closed_at is null`,
)

/** The open accounts of addresses, with who stands behind them on other contracts. */
export async function findAddressAccounts(
  db: Db,
  addresses: readonly string[],
  contract_id: string,
  today: string,
): Promise<AddressAccounts> {
  if (addresses.length === 0) return new Map()
  const accounts = await db.run(accountsStatement({ addresses, contract_id, today }))
  return new Map(accounts.map(account => [account.email_key, account]))
}

// Each part of the write, by its own values $1, $2 …; a part without rows is left out, so that one contact's registration
// does not pay for what a whole roster may need. A statement sees the tables as they were before it: the parts do not
// depend on each other's rows; foreign keys and exclusions are checked when it ends. Rows to change are found by
// `any(ids)`, because of a JSON document Postgres expects a hundred rows, and would read a table for them.
const WRITES = {
  opened: `insert into support_accounts (account_id, customer_id, email, email_key, opened_at)
    select account_id, customer_id, email, email_key, opened_at from json_populate_recordset(null::support_accounts, $1::json)`,
  reopened: 'update support_accounts set closed_at = null where account_id = any($1::uuid[])',
  closed:
    'update support_accounts set closed_at = greatest($2::timestamptz, opened_at), password_set_at = null where account_id = any($1::uuid[])',
  added: `insert into contacts (contact_id, contract_id, customer_id, account_id, role, duties, family_name, given_name, name_key, name_doubtful,
      email, email_key, shared_mailbox, privacy_notice_version, registered_at)
    select contact_id, contract_id, customer_id, account_id, role, duties, family_name, given_name, name_key, name_doubtful,
      email, email_key, shared_mailbox, privacy_notice_version, registered_at from json_populate_recordset(null::contacts, $1::json)`,
  changed: `update contacts set account_id = row.account_id, role = row.role, duties = row.duties, family_name = row.family_name, given_name = row.given_name,
      name_key = row.name_key, name_doubtful = row.name_doubtful, email = row.email, email_key = row.email_key,
      shared_mailbox = row.shared_mailbox, privacy_notice_version = row.privacy_notice_version
    from json_populate_recordset(null::contacts, $2::json) as row where contacts.contact_id = any($1::uuid[]) and contacts.contact_id = row.contact_id`,
  removed:
    'update contacts set removed_at = greatest($2::timestamptz, registered_at) where contact_id = any($1::uuid[])',
  departed: `insert into residual_accesses (account_id, contact_id, left_at)
    select account_id, contact_id, left_at from json_populate_recordset(null::residual_accesses, $1::json)
    on conflict (account_id, contact_id) do update set left_at = excluded.left_at`,
  returned: `delete from residual_accesses where account_id = any($1::uuid[])
    and (account_id, contact_id) in (select account_id, contact_id from json_populate_recordset(null::residual_accesses, $2::json))`,
  contract:
    'update contracts set seats_used = $2::integer, registered_at = $3::timestamptz, changed_at = $4::timestamptz, over_since = $5::timestamptz where contract_id = $1',
  history: INSERT_HISTORY,
} as const

type Part = keyof typeof WRITES

/** Everything that a plan changes, and the record of it, as one statement. */
export function writeRoster(
  plan: RosterPlan,
  { contract_id, customer_id }: RosterContract,
  change: Change,
  entries: readonly HistoryEntry[],
): Statement<unknown> {
  const now = change.occurred_at
  const { opened, reopened, closed, lapsed, departed, returned } = plan.accounts
  const after = plan.changed.map(change => change.after)
  const closing = [...closed, ...lapsed.map(({ account_id }) => account_id)]
  const values: Partial<Record<Part, unknown[]>> = {
    ...(opened.length > 0 && { opened: [rows(opened.map(account => ({ ...account, customer_id, opened_at: now })))] }),
    ...(reopened.length > 0 && { reopened: [reopened] }),
    ...(closing.length > 0 && { closed: [closing, now] }),
    ...(plan.added.length > 0 && { added: [rows(plan.added.map(keyed))] }),
    ...(after.length > 0 && { changed: [after.map(contact => contact.contact_id), rows(after.map(keyed))] }),
    ...(plan.removed.length > 0 && { removed: [plan.removed.map(contact => contact.contact_id), now] }),
    ...(departed.length > 0 && { departed: [rows(departed.map(departure => ({ ...departure, left_at: now })))] }),
    ...(returned.length > 0 && { returned: [returned.map(({ account_id }) => account_id), rows(returned)] }),
    contract: [contract_id, plan.seats_used, plan.registered_at, now, plan.over_since],
    history: historyValues(change, entries),
  }
  return { ...statementOf(values), values: Object.values(values).flat(1) }
}

const rows = (list: readonly object[]): string => JSON.stringify(list)

function keyed(contact: Contact): object {
  return { ...contact, name_key: nameKey(contact) }
}

const statements = new Map<string, { name: string; text: string }>()

/** One statement for each set of parts, built once: its parts in order, their values numbered through. */
function statementOf(values: Partial<Record<Part, unknown[]>>): { name: string; text: string } {
  const parts = Object.keys(values) as Part[]
  const known = statements.get(parts.join())
  if (known !== undefined) return known
  let before = 0
  const texts = parts.map(part => {
    const text = WRITES[part].replaceAll(/\$(\d)/g, (_match, number) => `$${before + Number(number)}`)
    before += values[part]!.length
    return `${part}_rows as (${text})`
  })
  const text = `with ${texts.join(',\n')} select`
  const statement = { name: statementName(text), text }
  statements.set(parts.join(), statement)
  return statement
}
