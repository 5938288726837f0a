import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled, type Statement } from '#db/driver/statement.ts'
import type { HistoryRecord } from '#domain/history-entry.ts'

/** The key of the hashes that stay in place of addresses, in hexadecimal digits. */
export async function findAddressHashKey(db: Db): Promise<{ key: string } | undefined> {
  return first(await db.run(compiled(sql<{ key: string }>`select encode(key, 'hex') as key from address_hash_key`)))
}

/** An account of erased contacts, and whether others, who are not erased, are or were behind it. */
export type ErasableAccount = { account_id: string; email_key: string; is_others_too: boolean }

/** The accounts of contacts that are erased together, locked. */
export async function lockErasableAccounts(
  db: Db,
  account_ids: readonly string[],
  contact_ids: readonly string[],
): Promise<ErasableAccount[]> {
  return await db.run(
    compiled(sql<ErasableAccount>`
    select account_id, email_key, closed_at is null or exists (
        select from contacts
        where contacts.account_id = support_accounts.account_id and contacts.erased_at is null
          and not contacts.contact_id = any(${contact_ids}::uuid[])) as is_others_too
    from support_accounts
    where account_id = any(${account_ids}::uuid[])
    order by account_id
    for update`),
  )
}

/** The addresses that contacts left with their accounts, and whether others left them too. */
export async function listLeftAddresses(
  db: Db,
  contact_ids: readonly string[],
): Promise<{ email_key: string; is_others_too: boolean }[]> {
  return await db.run(
    compiled(sql<{ email_key: string; is_others_too: boolean }>`
    select distinct email_key, exists (
        select from contacts other
        where other.email_key = left_addresses.email_key and other.erased_at is null
          and not other.contact_id = any(${contact_ids}::uuid[])) as is_others_too
    from left_addresses
    where contact_id = any(${contact_ids}::uuid[])`),
  )
}

/** Every entry of history about these contacts, accounts and contracts. */
export async function listHistoryToRedact(
  db: Db,
  of: { contact_ids: readonly string[]; contract_ids: readonly string[] },
): Promise<Pick<HistoryRecord, 'history_id' | 'contact_id' | 'before' | 'after' | 'requested_by'>[]> {
  return await db.run(
    compiled(sql<HistoryRecord>`
    select history_id, contact_id, before, after, requested_by from history
    where contract_id = any(${of.contract_ids})
    union all
    select history_id, contact_id, before, after, requested_by from history
    where contact_id = any(${of.contact_ids}::uuid[]) and not coalesce(contract_id = any(${of.contract_ids}), false)`),
  )
}

export type RedactedEntry = Pick<HistoryRecord, 'history_id' | 'before' | 'after' | 'requested_by'>

/** Blanks parts of entries of history: the owner's function refuses anything else. */
export function updateHistoryRedacted(entries: readonly RedactedEntry[]): Statement<unknown> {
  return compiled(sql`select redact_history(${JSON.stringify(entries)}::jsonb)`)
}

/** What stays of an erased contact: its ids and times, and words in place of name and address. */
export type ErasedContact = { contact_id: string; family_name: string; name_key: string; email_key: string }

export function updateContactsErased(contacts: readonly ErasedContact[], erased_at: string): Statement<unknown> {
  return compiled(sql`
    update contacts set family_name = erased.family_name, given_name = null, name_key = erased.name_key,
      search_text = '', name_doubtful = false, email = erased.email_key, email_key = erased.email_key,
      erased_at = ${erased_at}, updated_at = ${erased_at}
    from jsonb_to_recordset(${JSON.stringify(contacts)}::jsonb)
      as erased (contact_id uuid, family_name text, name_key text, email_key text)
    where contacts.contact_id = erased.contact_id`)
}

/** What stays of erased addresses: the hashes. */
export type ErasedAddress = { email_key: string; erased_key: string }

export function updateAccountsErased(
  account_ids: readonly string[],
  addresses: readonly ErasedAddress[],
  erased_at: string,
): Statement<unknown> {
  return compiled(sql`
    update support_accounts set email = erased.erased_key, email_key = erased.erased_key, external_id = null,
      superseded_at = coalesce(superseded_at, ${erased_at}), erased_at = ${erased_at}
    from jsonb_to_recordset(${JSON.stringify(addresses)}::jsonb) as erased (email_key text, erased_key text)
    where account_id = any(${account_ids}::uuid[]) and support_accounts.email_key = erased.email_key`)
}

export function updateLeftAddressesErased(
  contact_ids: readonly string[],
  addresses: readonly ErasedAddress[],
): Statement<unknown> {
  return compiled(sql`
    update left_addresses set email = erased.erased_key, email_key = erased.erased_key
    from jsonb_to_recordset(${JSON.stringify(addresses)}::jsonb) as erased (email_key text, erased_key text)
    where contact_id = any(${contact_ids}::uuid[]) and left_addresses.email_key = erased.email_key`)
}

/** Puts another outcome in place of one that is kept for repeats. */
export function updateKeptOutcome(outcome: { client: string; key: string; outcome: unknown }): Statement<unknown> {
  return compiled(sql`
    update idempotency_keys set outcome = ${JSON.stringify(outcome.outcome)}::json
    where client = ${outcome.client} and key = ${outcome.key}`)
}

/** What a row of an import says, and what became of it. */
export type ImportRowText = {
  import_id: string
  line: number
  fields: unknown
  cells: string[] | null
  errors: unknown
  problems: unknown
  warnings: unknown
  duplicates: unknown
}

/** The rows of imports that are done with, and that hold an address or are about a contact. Reads the whole table. */
export async function listImportRowsToRedact(
  db: Db,
  of: { contact_ids: readonly string[]; texts: readonly string[] },
): Promise<ImportRowText[]> {
  return await db.run(
    compiled(sql<ImportRowText>`
    select import_id, line, fields, cells, errors, problems, warnings, duplicates from import_rows
    where outcome is not null and (contact_id = any(${of.contact_ids}::uuid[]) or exists (
      select from unnest(${of.texts}::text[]) as text
      where strpos(lower(normalize(concat(email_keys, fields, cells, errors, problems, warnings, duplicates), NFKC)),
        text) > 0))`),
  )
}

const json = (value: unknown) => sql`${value === null ? null : JSON.stringify(value)}::json`

/** Puts other texts in place of those of a row of an import. */
export function updateImportRowRedacted({ import_id, line, ...row }: ImportRowText): Statement<unknown> {
  return compiled(sql`
    update import_rows set email_keys = '{}', fields = ${json(row.fields)}, cells = ${row.cells}::text[],
      errors = ${json(row.errors)}, problems = ${json(row.problems)}, warnings = ${json(row.warnings)},
      duplicates = ${json(row.duplicates)}
    where import_id = ${import_id} and line = ${line}`)
}
