import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { compiled, prepared, sqlBuilder } from '#db/driver/statement.ts'
import { contactsOn, isoTime } from '#db/fragments.ts'
import type { Contact } from '#domain/contact.ts'
import type { HistoryRecord } from '#domain/history/history-entry.ts'
import type { HeldAccount, PossibleDelivery, PossibleDisclosure } from '#domain/personal-data/personal-data-report.ts'

const atAddressStatement = prepared<{ email_key: string }, { contact_id: string }>(
  parameter => sql`
  with account as (
    select account_id from support_accounts where email_key = ${parameter('email_key')} and closed_at is null
    union
    select account_id from support_accounts where email_key = ${parameter('email_key')} and closed_at is not null)
  select contact_id from contacts where email_key = ${parameter('email_key')}
  union
  select contact_id from left_addresses where email_key = ${parameter('email_key')}
  union
  select departure.contact_id from account
    join history departure on departure.before ->> 'account_id' = account.account_id::text
      and departure.event = 'contact.changed'
      and departure.before ->> 'account_id' <> departure.after ->> 'account_id'`,
)

/** The contacts that have or had an address, by their ids. */
export async function listContactsEverAt(db: Db, email_key: string): Promise<string[]> {
  return (await db.run(atAddressStatement({ email_key }))).map(({ contact_id }) => contact_id)
}

/** The contacts with these ids, and all others of the same people: the same address and name at one customer (R19). */
export async function listContactsOfPeople(db: Db, contact_ids: readonly string[], today: string): Promise<Contact[]> {
  const same = sql<boolean>`contact_id in (
    select other.contact_id from contacts named
      join contacts other on other.email_key = named.email_key and other.name_key = named.name_key
        and other.customer_id = named.customer_id
    where named.contact_id = any(${contact_ids}::uuid[]))`
  return await db.run(compiled(contactsOn(today).where(same).orderBy('contact_id')))
}

/** The accounts that people have or had, with their former addresses. */
export async function listHeldAccounts(db: Db, account_ids: readonly string[]): Promise<HeldAccount[]> {
  return await db.run(
    compiled(sql<HeldAccount>`
    select account_id, customer_id, email, opened_at, closed_at, in_use_since, password_set_at, mail_state, external_id,
      coalesce((
        select jsonb_agg(distinct jsonb_build_object('email', former.email, 'held_from', ${isoTime('former.held_from')},
          'left_at', ${isoTime('former.left_at')}))
        from left_addresses former where former.account_id = support_accounts.account_id), '[]') as former_addresses
    from support_accounts
    where account_id = any(${account_ids}::uuid[])
    order by account_id`),
  )
}

const historyColumns = sql`history.history_id, history.event, history.occurred_at, history.actor, history.on_behalf_of,
    history.request_id, history.source, history.change_request_id, history.requested_by, history.customer_id,
    history.contract_id, history.contact_id, history.account_id, history.before, history.after`

/** Every entry of history about these contacts, the oldest first. */
export async function listHistoryOfContacts(db: Db, contact_ids: readonly string[]): Promise<HistoryRecord[]> {
  return await db.run(
    compiled(sql<HistoryRecord>`
    select ${historyColumns} from history
    where history.contact_id = any(${contact_ids}::uuid[])
    order by history.occurred_at, history.history_id`),
  )
}

/** Every entry of history about these contracts that has a requester, the oldest first. */
export async function listRequestedHistory(db: Db, contract_ids: readonly string[]): Promise<HistoryRecord[]> {
  return await db.run(
    compiled(sql<HistoryRecord>`
    select ${historyColumns} from history
    where history.contract_id = any(${contract_ids}) and history.requested_by is not null
    order by history.occurred_at, history.history_id`),
  )
}

/** The contracts of customers, by their ids. */
export async function listContractIds(db: Db, customer_ids: readonly string[]): Promise<string[]> {
  const query = sqlBuilder
    .selectFrom('contracts')
    .select('contract_id')
    .where('customer_id', '=', sql<string>`any(${customer_ids}::text[])`)
  return (await db.run(compiled(query))).map(({ contract_id }) => contract_id)
}

/** Whom lists may have held: people with these ids, registered in this time. */
export type DisclosedPerson = { ids: readonly string[]; from: string; to: string }

const ID_FILTERS = ['customer_id', 'contract_id', 'contact_id', 'account_id', 'contact_ids']

/**
 * The lists that may have held a person, summed up by who took which: those that were taken while the person was
 * registered, and were narrowed to no other customer, contract, contact or account.
 */
export async function listPossibleDisclosures(db: Db, person: DisclosedPerson): Promise<PossibleDisclosure[]> {
  const mayHold = ID_FILTERS.map(
    name => sql`(not filter ? ${sql.lit(name)} or filter -> ${sql.lit(name)} ?| ${person.ids}::text[])`,
  )
  return await db.run(
    compiled(sql<PossibleDisclosure>`
    select client, operation, format, purpose, count(*)::integer as times, min(taken_at) as first_taken_at,
      max(taken_at) as last_taken_at
    from disclosures
    where taken_at >= ${person.from}::timestamptz and taken_at <= ${person.to}::timestamptz
      and ${sql.join(mayHold, sql` and `)}
    group by client, operation, format, purpose
    order by min(taken_at)`),
  )
}

/** Whose events are meant: those of contacts, and of accounts at these customers. */
export type EventsOfPerson = {
  contact_ids: readonly string[]
  account_ids: readonly string[]
  customer_ids: readonly string[]
}

/** The webhooks that said that something happened to a person, summed up by endpoint. */
export async function listPossibleDeliveries(db: Db, person: EventsOfPerson): Promise<PossibleDelivery[]> {
  return await db.run(
    compiled(sql<PossibleDelivery>`
    with own as materialized (
      select history_id from history where contact_id = any(${person.contact_ids}::uuid[])
      union
      select history_id from history
      where customer_id = any(${person.customer_ids}) and account_id = any(${person.account_ids}::uuid[]))
    select endpoint_id, client, url, include_data, count(*)::integer as times,
      min(delivery.created_at) as first_made_at, max(delivery.created_at) as last_made_at
    from own join events using (history_id) cross join webhook_endpoints
      join webhook_deliveries delivery using (endpoint_id, event_id)
    group by endpoint_id, client, url, include_data
    order by min(delivery.created_at)`),
  )
}

export type KeptOutcome = { client: string; key: string; outcome: unknown; created_at: string }

/** A batch of the outcomes that are kept for repeats, in the order of their keys. */
export async function listKeptOutcomes(
  db: Db,
  { after, limit }: { after: { client: string; key: string }; limit: number },
): Promise<KeptOutcome[]> {
  return await db.run(
    compiled(sql<KeptOutcome>`
    select client, key, outcome, created_at from idempotency_keys
    where (client, key) > (${after.client}, ${after.key})
    order by client, key
    limit ${limit}`),
  )
}
