import { sql, type RawBuilder } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { prepared, type ParameterOf } from '#db/driver/statement.ts'
import { contactRecordAt, contractRecordAt } from '#db/history/past-records.ts'
import { rowsByQuestion, type Numbered } from '#db/senders/sender-questions.ts'
import { ACCOUNTS_OF_ADDRESS, JOIN_DEPARTURES } from '#db/senders/sender-columns.ts'
import type { PastRegistration } from '#domain/senders/sender-facts.ts'

// Whether a contact went along when the account got another address: then it had this one until that moment.
const HAS_GONE_ALONG = sql`exists (
        select from left_addresses gone
        where gone.account_id = account.account_id and gone.contact_id = contact.contact_id
          and gone.left_at = account.held_until)`

// Every contact that is, or once was, behind an account at the address.
const candidatesOf = (accounts: string): RawBuilder<unknown> => sql`
    select account.number, account.account_id, contact.contact_id,
      case when ${HAS_GONE_ALONG} then account.held_until else contact.removed_at end as left_at
    from ${sql.raw(accounts)} account
      join contacts contact on contact.account_id = account.account_id and contact.removed_at is null
        and contact.email_key = account.email_key
    union all
    select account.number, account.account_id, contact.contact_id,
      case when ${HAS_GONE_ALONG} then account.held_until else contact.removed_at end
    from ${sql.raw(accounts)} account
      join contacts contact on contact.account_id = account.account_id and contact.removed_at is not null
        and contact.email_key = account.email_key
    union all
    select account.number, account.account_id, departure.contact_id, departure.occurred_at
    from ${sql.raw(accounts)} account ${JOIN_DEPARTURES}
    union all
    select account.number, account.account_id, departure.contact_id, departure.left_at
    from ${sql.raw(accounts)} account
      join left_addresses departure on departure.account_id = account.account_id
        and departure.left_at = account.held_until and departure.email_key = account.email_key`

type Asked = { email_keys: readonly string[]; as_of: string }

/**
 * The contacts to look at: those behind an account that had the address by that moment, and, as `is_later`, those
 * behind one that got it later.
 */
const candidates = (parameter: ParameterOf<Asked>): RawBuilder<unknown> => sql`
  with held as (
    select asked.number, asked.email_key, account.*
    from unnest(${parameter('email_keys')}::text[]) with ordinality as asked (email_key, number)
      cross join lateral ${ACCOUNTS_OF_ADDRESS}
  ), accounts as (
    select * from held where held_from <= ${parameter('as_of')}
  ), later_accounts as (
    select * from held where held_from > ${parameter('as_of')}
  ), candidates as (${candidatesOf('accounts')}
  ), later_candidates as (${candidatesOf('later_accounts')}
  ), candidate as (
    select number, account_id, contact_id,
      bool_and(left_at is not null and left_at <= ${parameter('as_of')}) as has_left,
      coalesce(min(left_at) <= ${parameter('as_of')}, false) as had_left, false as is_later
    from candidates
    group by number, account_id, contact_id
    union all
    select distinct number, account_id, contact_id, false, false, true
    from later_candidates later
    where not exists (
      select from candidates earlier
      where earlier.number = later.number and earlier.account_id = later.account_id
        and earlier.contact_id = later.contact_id)
  )`

const listStatement = prepared<Asked, Numbered<PastRegistration>>(
  parameter => sql`${candidates(parameter)}
  select candidate.number, account.account_id, contact.after ->> 'customer_id' as customer_id, account.email,
    contract.after as contract, contact.after as contact,
    contact.after ->> 'account_id' = account.account_id::text and not candidate.has_left as is_present
  from candidate
    cross join lateral ${contactRecordAt('candidate.contact_id', parameter('as_of'))} contact
    cross join lateral (
      select account_id, customer_id, email from held
      where held.number = candidate.number and held.account_id = candidate.account_id
        and case when contact.occurred_at <= ${parameter('as_of')} then held_from <= ${parameter('as_of')}
          else contact.occurred_at >= held_from and contact.occurred_at < coalesce(held_until, 'infinity') end
      order by held_from desc
      limit 1) account
    cross join lateral ${contractRecordAt(sql`contact.after ->> 'contract_id'`, parameter('as_of'))} contract
  where contact.after ->> 'family_name' is not null
    and (not candidate.is_later or contact.occurred_at > ${parameter('as_of')})
    and (contact.after ->> 'account_id' = account.account_id::text or candidate.had_left)`,
)

/**
 * The contacts who were behind each address at a moment, and those who had been behind it before, from history. A
 * registration of the past is behind the address that its contact had when it was imported (R39), although the account
 * was opened later.
 */
export async function listPastRegistrations(
  db: Db,
  email_keys: readonly string[],
  as_of: string,
): Promise<PastRegistration[][]> {
  return rowsByQuestion(email_keys.length, await db.run(listStatement({ email_keys, as_of })))
}
