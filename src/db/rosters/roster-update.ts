import { statementName, type Statement } from '#db/driver/statement.ts'
import { CONTACT_COLUMNS } from '#db/fragments.ts'
import { historyValues, INSERT_HISTORY, type HistoryEntry } from '#db/history/history.ts'
import type { Contact } from '#domain/contact.ts'
import { nameKey } from '#domain/names/name-keys.ts'
import type { Change } from '#domain/caller.ts'
import type { RosterPlan } from '#domain/rosters/roster-plan.ts'
import { contactSearchText } from '#domain/search-text.ts'

const INSERTED = [
  ...CONTACT_COLUMNS.filter(column => column !== 'removed_at' && column !== 'erased_at'),
  'name_key',
  'search_text',
]
const NEVER_CHANGED = new Set([
  'contact_id',
  'contract_id',
  'customer_id',
  'registered_at',
  'first_registered_at',
  'carried_from',
])
const CHANGED = INSERTED.filter(column => !NEVER_CHANGED.has(column))

// The parts of the statement, each with its own values $1, $2 …. A part without rows is left out, so that the
// registration of one contact does not pay for what a whole roster may need. Every part sees the tables as they were
// before the statement, and no part needs the rows of another; foreign keys and exclusions are checked at its end.
// Rows to change are found by `any(ids)`: of a JSON document Postgres expects a hundred rows, and would scan the table.
const PARTS = {
  opened: `
    insert into support_accounts (account_id, customer_id, email, email_key, opened_at, in_use_since)
    select account_id, customer_id, email, email_key, opened_at, opened_at
    from json_populate_recordset(null::support_accounts, $1::json)`,
  never_opened: `
    insert into support_accounts (account_id, customer_id, email, email_key, opened_at, closed_at, in_use_since)
    select account_id, customer_id, email, email_key, opened_at, opened_at, opened_at
    from json_populate_recordset(null::support_accounts, $1::json)`,
  accounts: `
    update support_accounts set email = row.email, email_key = row.email_key, closed_at = row.closed_at,
      password_set_at = row.password_set_at, in_use_since = row.in_use_since, mail_state = row.mail_state
    from json_populate_recordset(null::support_accounts, $2::json) as row
    where support_accounts.account_id = any($1::uuid[]) and support_accounts.account_id = row.account_id`,
  added: `
    insert into contacts (${INSERTED.join(', ')})
    select ${INSERTED.join(', ')}
    from json_populate_recordset(null::contacts, $1::json)`,
  changed: `
    update contacts set ${CHANGED.map(column => `${column} = row.${column}`).join(', ')}
    from json_populate_recordset(null::contacts, $2::json) as row
    where contacts.contact_id = any($1::uuid[]) and contacts.contact_id = row.contact_id`,
  removed: `
    update contacts set removed_at = greatest($2::timestamptz, registered_at),
      updated_at = greatest($2::timestamptz, registered_at)
    where contact_id = any($1::uuid[])`,
  departed: `
    insert into residual_accesses (account_id, contact_id, left_at, at_closing)
    select account_id, contact_id, left_at, at_closing
    from json_populate_recordset(null::residual_accesses, $1::json)
    on conflict (account_id, contact_id) do update set left_at = excluded.left_at, at_closing = excluded.at_closing`,
  returned: `
    delete from residual_accesses
    where account_id = any($1::uuid[]) and (account_id, contact_id) in (
      select account_id, contact_id from json_populate_recordset(null::residual_accesses, $2::json))`,
  rekeyed: `
    insert into left_addresses (account_id, contact_id, email, email_key, held_from, left_at)
    select account_id, row.contact_id, row.email, row.email_key,
      least(row.left_at, coalesce((select max(left_at) from left_addresses former
        where former.account_id = row.account_id), account.opened_at)), row.left_at
    from json_populate_recordset(null::left_addresses, $2::json) as row
      join support_accounts account using (account_id)
    where account_id = any($1::uuid[])
    on conflict do nothing`, // an address that was taken, left and taken again within a millisecond
  contracts: `
    update contracts set seats_used = row.seats_used, registered_at = row.registered_at, changed_at = $5::timestamptz,
      over_since = row.over_since
    from unnest($1::text[], $2::integer[], $3::timestamptz[], $4::timestamptz[])
      as row (contract_id, seats_used, registered_at, over_since)
    where contracts.contract_id = any($1::text[]) and contracts.contract_id = row.contract_id`,
  history: INSERT_HISTORY,
} as const

type Part = keyof typeof PARTS
type PartValues = [Part, unknown[]]

/** Everything that plans change, and the record of it, as one statement. */
export function updateRosters(
  plans: readonly RosterPlan[],
  change: Change,
  entries: readonly HistoryEntry[],
): Statement<unknown> {
  const now = change.occurred_at
  const parts: PartValues[] = [...accountParts(plans, now), ...contactParts(plans, now)]
  parts.push([
    'contracts',
    [
      plans.map(({ contract }) => contract.contract_id),
      plans.map(({ seats_used }) => seats_used),
      plans.map(({ registered_at }) => registered_at),
      plans.map(({ over_since }) => over_since),
      now,
    ],
  ])
  parts.push(['history', historyValues(change, entries)])
  return { ...statementOf(parts), values: parts.flatMap(([, values]) => values) }
}

function accountParts(plans: readonly RosterPlan[], now: string): PartValues[] {
  const made = (kind: 'opened' | 'never_opened'): object[] =>
    plans.flatMap(({ accounts, contract: { customer_id } }) =>
      accounts[kind].map(account => ({ ...account, customer_id, opened_at: now })),
    )
  const [opened, never_opened] = [made('opened'), made('never_opened')]
  const updated = plans.flatMap(({ accounts }) => accounts.updated)
  const departed = plans.flatMap(({ accounts }) => [
    ...accounts.departed.map(one => ({ ...one, at_closing: false })),
    ...accounts.former.map(one => ({ ...one, at_closing: true })),
  ])
  const returned = plans.flatMap(({ accounts }) => accounts.returned)
  const rekeyed = plans.flatMap(({ accounts }) =>
    accounts.rekeyed.flatMap(({ account_id, contact_ids, before }) =>
      contact_ids.map(contact_id => ({ account_id, contact_id, ...before, left_at: now })),
    ),
  )
  const parts: PartValues[] = []
  if (opened.length > 0) parts.push(['opened', [json(opened)]])
  if (never_opened.length > 0) parts.push(['never_opened', [json(never_opened)]])
  if (updated.length > 0) parts.push(['accounts', [accountIds(updated), json(updated)]])
  if (departed.length > 0) parts.push(['departed', [json(departed)]])
  if (returned.length > 0) parts.push(['returned', [accountIds(returned), json(returned)]])
  if (rekeyed.length > 0) parts.push(['rekeyed', [accountIds(rekeyed), json(rekeyed)]])
  return parts
}

function accountIds(rows: readonly { account_id: string }[]): string[] {
  return rows.map(({ account_id }) => account_id)
}

function contactParts(plans: readonly RosterPlan[], now: string): PartValues[] {
  const added = plans.flatMap(plan => plan.added)
  const changed = plans.flatMap(plan => plan.changed.map(({ after }) => after))
  const removed = plans.flatMap(plan => plan.removed)
  const parts: PartValues[] = []
  if (added.length > 0) parts.push(['added', [json(added.map(keyed))]])
  if (changed.length > 0) parts.push(['changed', [idsOf(changed), json(changed.map(keyed))]])
  if (removed.length > 0) parts.push(['removed', [idsOf(removed), now]])
  return parts
}

function idsOf(contacts: readonly Contact[]): string[] {
  return contacts.map(({ contact_id }) => contact_id)
}

function json(rows: readonly object[]): string {
  return JSON.stringify(rows)
}

function keyed(contact: Contact): object {
  return { ...contact, name_key: nameKey(contact), search_text: contactSearchText(contact) }
}

const statements = new Map<string, { name: string; text: string }>()

/** One statement for each set of parts, built at its first use: its parts in order, their values numbered through. */
function statementOf(parts: readonly PartValues[]): { name: string; text: string } {
  const names = parts.map(([part]) => part).join()
  const known = statements.get(names)
  if (known !== undefined) return known
  let before = 0
  const texts = parts.map(([part, values]) => {
    const text = PARTS[part].replaceAll(/\$(\d)/g, (_match, number) => `$${before + Number(number)}`)
    before += values.length
    return `${part}_rows as (${text})`
  })
  const text = `with ${texts.join(',\n')} select`
  const statement = { name: statementName(text), text }
  statements.set(names, statement)
  return statement
}
