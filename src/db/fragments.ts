import { sql, type RawBuilder } from 'kysely'
import { sqlBuilder, type Operand } from '#db/driver/statement.ts'
import type { Tables } from '#db/tables.ts'
import { writtenAddresses } from '#domain/addresses/written-addresses.ts'
import type { AccountContact } from '#domain/accounts/support-account.ts'

// Parts of statements that several tables share.

/** The columns of a contact. `name_key` is the key by which people at one address are the same person (R19). */
export const CONTACT_COLUMNS = [
  'contact_id',
  'contract_id',
  'customer_id',
  'account_id',
  'role',
  'duties',
  'family_name',
  'given_name',
  'name_doubtful',
  'email',
  'email_key',
  'privacy_notice_version',
  'privacy_notice_shown_at',
  'registered_at',
  'first_registered_at',
  'carried_from',
  'removed_at',
  'erased_at',
  'updated_at',
] as const satisfies readonly (keyof Tables['contacts'])[]

/**
 * Whether several people in force use the address of the row of `contacts` (R18). Few addresses are shared, so the
 * contracts of the people are only looked at where another name is at the address; and of a contact in force, only as
 * far as to the first other name.
 */
export function mailboxShared(today: Operand<string>): RawBuilder<boolean> {
  const peopleInForce = sql`${fromPeopleInForce(today)} and person.account_id = contacts.account_id
    and person.customer_id = contacts.customer_id`
  return sql`(case
    when not exists (
      select from contacts other
      where other.account_id = contacts.account_id and other.customer_id = contacts.customer_id
        and other.removed_at is null and other.name_key <> contacts.name_key) then false
    when contacts.removed_at is null and (
      select own.ends_on is null or own.ends_on >= ${today} from contracts own
      where own.contract_id = contacts.contract_id)
    then exists (select ${peopleInForce} and person.name_key <> contacts.name_key)
    else coalesce((select min(person.name_key) <> max(person.name_key) ${peopleInForce}), false)
    end)`
}

/** Contacts as the service reads them, on a day: their columns, and whether several people use their mailbox. */
export const contactsOn = (today: Operand<string>) =>
  sqlBuilder.selectFrom('contacts').select([...CONTACT_COLUMNS, mailboxShared(today).as('mailbox_shared')])

/** A time inside JSON, in the form that times have everywhere else: ISO 8601 in UTC with milliseconds. */
export function isoTime(reference: string): RawBuilder<string> {
  return sql`to_char(${sql.ref(reference)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}

/** `from` and `where` of the present contacts (`person`) whose contracts (`contract`) have not ended on a day (R28). */
export function fromPeopleInForce(today: Operand<string>): RawBuilder<unknown> {
  return sql`from contacts person
    join contracts contract on contract.contract_id = person.contract_id
    where person.removed_at is null and (contract.ends_on is null or contract.ends_on >= ${today})`
}

/** One contact behind an account, `person`, as JSON. */
export const personJson: RawBuilder<AccountContact> = sql`jsonb_build_object(
    'contact_id', person.contact_id, 'contract_id', person.contract_id, 'role', person.role,
    'family_name', person.family_name, 'given_name', person.given_name,
    'registered_at', ${isoTime('person.registered_at')})`

// A character that Unicode may write in another way (NFKC): none of ASCII, of kana without marks and of kanji, of which
// most texts consist. The same characters also hold no other full stop than the dot.
const KANA = String.raw`\u3041-\u3096\u309d\u309e\u30a0-\u30fe`
const KANJI = String.raw`\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff`
export const OTHER_THAN_PLAIN = String.raw`[^\x01-\x7f${KANA}${KANJI}]`

/**
 * Whether a text holds an address of these, in one of its written forms: unified, in lower case, with dots. The text is
 * unified once for all of them, and only where that may change it, which takes most of the time.
 */
export function mentions(text: RawBuilder<unknown>, email_keys: readonly string[]): RawBuilder<boolean> {
  const patterns = writtenAddresses(email_keys).map(address => `%${address.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`)
  return sql`(
    select case when said ~ ${sql.lit(OTHER_THAN_PLAIN)} then translate(lower(normalize(said, NFKC)), '。', '.')
      else lower(said) end
    from (select ${text} as said offset 0) one) like any(${patterns}::text[])`
}
