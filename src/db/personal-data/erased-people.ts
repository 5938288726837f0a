import { sql } from 'kysely'
import { compiled, type Statement } from '#db/driver/statement.ts'

/** What stays of an erased contact: its ids and times, and words in place of name and address. */
export type ErasedContact = { contact_id: string; family_name: string; name_key: string; email_key: string }

/** Replaces the names and addresses of erased contacts (R33). */
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

/** Replaces the addresses of erased accounts, and deletes what other systems reported of them (R33). */
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

/** Replaces the former addresses of erased contacts (R33). */
export function updateLeftAddressesErased(
  contact_ids: readonly string[],
  addresses: readonly ErasedAddress[],
): Statement<unknown> {
  return compiled(sql`
    update left_addresses set email = erased.erased_key, email_key = erased.erased_key
    from jsonb_to_recordset(${JSON.stringify(addresses)}::jsonb) as erased (email_key text, erased_key text)
    where contact_id = any(${contact_ids}::uuid[]) and left_addresses.email_key = erased.email_key`)
}
