import { sql, type RawBuilder } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled } from '#db/driver/statement.ts'
import type { RedactedEntry } from '#db/personal-data/erasures.ts'
import { mentions } from '#db/fragments.ts'

// Contacts who are not among those that are erased together, and were not erased before.
const isOther = (contact: RawBuilder<unknown>, contact_ids: readonly string[]) =>
  sql`${contact}.erased_at is null and not ${contact}.contact_id = any(${contact_ids}::uuid[])`

/** An account of erased contacts, and the address that it has now. */
export type ErasableAccount = { account_id: string; email_key: string; is_open: boolean }

/** The accounts of contacts that are erased together, locked. */
export async function lockErasableAccounts(db: Db, account_ids: readonly string[]): Promise<ErasableAccount[]> {
  return await db.run(
    compiled(sql<ErasableAccount>`
    select account_id, email_key, closed_at is null as is_open
    from support_accounts
    where account_id = any(${account_ids}::uuid[])
    order by account_id
    for update`),
  )
}

/** Of some addresses, those that others have, or had on an account which they still have, who are not erased. */
export async function listOthersAddresses(
  db: Db,
  email_keys: readonly string[],
  contact_ids: readonly string[],
): Promise<string[]> {
  const other = sql`other`
  const found = await db.run(
    compiled(sql<{ email_key: string }>`
    select distinct asked.email_key from unnest(${email_keys}::text[]) as asked (email_key)
    where exists (
        select from contacts other where other.email_key = asked.email_key and ${isOther(other, contact_ids)})
      or exists (
        select from left_addresses former join contacts other using (contact_id)
        where former.email_key = asked.email_key and ${isOther(other, contact_ids)})`),
  )
  return found.map(({ email_key }) => email_key)
}

/** The addresses with which others, who are not erased, went from these accounts, or from those at an address. */
export async function listAddressesOfLeavers(
  db: Db,
  from: { account_ids: readonly string[]; email_keys: readonly string[] },
  contact_ids: readonly string[],
): Promise<string[]> {
  const found = await db.run(
    compiled(sql<{ email: string }>`
    select distinct departure.before ->> 'email' as email
    from support_accounts account
      join history departure on departure.before ->> 'account_id' = account.account_id::text
        and departure.event = 'contact.changed'
        and departure.before ->> 'account_id' <> departure.after ->> 'account_id'
      join contacts other on other.contact_id = departure.contact_id
    where (account.account_id = any(${from.account_ids}::uuid[]) or account.email_key = any(${from.email_keys}))
      and departure.before ->> 'email' is not null and ${isOther(sql`other`, contact_ids)}`),
  )
  return found.map(({ email }) => email)
}

/** Every id of the help desk that accounts of these customers ever had. */
export async function listExternalIdsEver(
  db: Db,
  of: { account_ids: readonly string[]; customer_ids: readonly string[] },
): Promise<{ account_id: string; external_id: string }[]> {
  return await db.run(
    compiled(sql<{ account_id: string; external_id: string }>`
    select account_id, external_id from support_accounts
    where account_id = any(${of.account_ids}::uuid[]) and external_id is not null
    union
    select account_id, id from history cross join lateral (
      values (before ->> 'external_id'), (after ->> 'external_id')) as linked (id)
    where event = 'support_account.linked' and customer_id = any(${of.customer_ids})
      and account_id = any(${of.account_ids}::uuid[]) and id is not null`),
  )
}

/** The entries of history of these customers, contracts, contacts and requests, by their ids. */
export async function listHistoryIds(
  db: Db,
  of: { customer_ids: readonly string[]; contract_ids: readonly string[]; contact_ids: readonly string[] },
): Promise<number[]> {
  const found = await db.run(
    compiled(sql<{ history_id: number }>`
    select history_id from history where customer_id = any(${of.customer_ids})
    union select history_id from history where contract_id = any(${of.contract_ids})
    union select history_id from history where contact_id = any(${of.contact_ids}::uuid[])
    order by history_id`),
  )
  return found.map(({ history_id }) => history_id)
}

/**
 * A part of the whole history, of entries after one: which of them name an address as the requester's, or in a step of
 * a change request. Answers up to where it looked; null at the end.
 */
export async function listHistoryMentioning(
  db: Db,
  { after, count, email_keys }: { after: number; count: number; email_keys: readonly string[] },
): Promise<{ ids: number[]; looked_to: number | null }> {
  const found = first(
    await db.run(
      compiled(sql<{ ids: number[]; looked_to: number | null }>`
      with part as materialized (
        select history_id from history where history_id > ${after} order by history_id limit ${count}),
      part_end as (select max(history_id) as looked_to from part)
      select looked_to, array(
        select history_id from history
        where history_id > ${after} and history_id <= looked_to
          and (requested_by is not null and ${mentions(sql`requested_by::text`, email_keys)}
            or event like 'change_request.%' and ${mentions(sql`concat(before, after)`, email_keys)})) as ids
      from part_end`),
    ),
  )
  return { ids: found?.ids.map(Number) ?? [], looked_to: found?.looked_to ?? null }
}

/** Entries of history by their ids, with what they say of people. */
export async function listEntriesToRedact(
  db: Db,
  history_ids: readonly number[],
): Promise<(RedactedEntry & { account_id: string | null })[]> {
  return await db.run(
    compiled(sql<RedactedEntry & { account_id: string | null }>`
    select history_id, case when event like 'support_account.%' then account_id end as account_id, before, after,
      requested_by
    from history
    where history_id = any(${history_ids}::bigint[])
    order by history_id`),
  )
}

/** Which change requests earlier erasures of contacts redacted. */
export async function listRedactedRequestIds(db: Db, contact_ids: readonly string[]): Promise<string[]> {
  const found = await db.run(
    compiled(sql<{ change_request_id: string }>`
    select distinct jsonb_array_elements_text(after -> 'change_request_ids') as change_request_id
    from history
    where contact_id = any(${contact_ids}::uuid[]) and event = 'contact.erased'
    order by change_request_id`),
  )
  return found.map(({ change_request_id }) => change_request_id)
}

/** What the last erasure of an address that no contact had said; the entry has the hash of the address alone. */
export async function findStrangerErasure(db: Db, hash: string): Promise<{ change_request_ids: string[] } | undefined> {
  return first(
    await db.run(
      compiled(sql<{ change_request_ids: string[] }>`
      select array(select jsonb_array_elements_text(after -> 'change_request_ids')) as change_request_ids
      from history
      where event = 'history.redacted' and subject_id = ${hash}
      order by occurred_at desc, history_id desc
      limit 1`),
    ),
  )
}
