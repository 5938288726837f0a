import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { prepared } from '#db/driver/statement.ts'
import { ACCOUNTS_OF_ADDRESS, JOIN_DEPARTURES, rowsByQuestion, type Numbered } from '#db/sender-questions.ts'
import type { PastRegistration } from '#domain/sender-facts.ts'

// Whether a contact went along when the account got another address: then it had this one until that moment.
const HAS_GONE_ALONG = sql`exists (
        select from left_addresses gone
        where gone.account_id = account.account_id and gone.contact_id = contact.contact_id
          and gone.left_at = account.held_until)`

// Every contact that is, or once was, behind an account at the address.
const CANDIDATES = sql`
    select account.number, account.account_id, contact.contact_id,
      case when ${HAS_GONE_ALONG} then account.held_until else contact.removed_at end as left_at
    from accounts account
      join contacts contact on contact.account_id = account.account_id and contact.removed_at is null
        and contact.email_key = account.email_key
    union all
    select account.number, account.account_id, contact.contact_id,
      case when ${HAS_GONE_ALONG} then account.held_until else contact.removed_at end
    from accounts account
      join contacts contact on contact.account_id = account.account_id and contact.removed_at is not null
        and contact.email_key = account.email_key
    union all
    select account.number, account.account_id, departure.contact_id, departure.occurred_at
    from accounts account ${JOIN_DEPARTURES}
    union all
    select account.number, account.account_id, departure.contact_id, departure.left_at
    from accounts account
      join left_addresses departure on departure.account_id = account.account_id
        and departure.left_at = account.held_until and departure.email_key = account.email_key`

const listStatement = prepared<{ email_keys: readonly string[]; as_of: string }, Numbered<PastRegistration>>(
  parameter => sql`
  with accounts as (
    select asked.number, asked.email_key, account.*
    from unnest(${parameter('email_keys')}::text[]) with ordinality as asked (email_key, number)
      cross join lateral ${ACCOUNTS_OF_ADDRESS}
    where account.held_from <= ${parameter('as_of')}
  ), candidates as (${CANDIDATES}
  ), candidate as (
    select number, account_id, contact_id,
      bool_and(left_at is not null and left_at <= ${parameter('as_of')}) as has_left,
      coalesce(min(left_at) <= ${parameter('as_of')}, false) as had_left
    from candidates
    group by number, account_id, contact_id
  )
  select candidate.number, account.account_id, contact.after ->> 'customer_id' as customer_id, account.email,
    contract.after as contract, contact.after as contact,
    contact.after ->> 'account_id' = account.account_id::text and not candidate.has_left as is_present
  from candidate
    cross join lateral (
      select account_id, customer_id, email from accounts
      where accounts.number = candidate.number and accounts.account_id = candidate.account_id
      order by held_from desc
      limit 1) account
    cross join lateral (
      select after from history
      where contact_id = candidate.contact_id and event in ('contact.registered', 'contact.changed')
        and occurred_at <= ${parameter('as_of')}
      order by occurred_at desc, history_id desc
      limit 1) contact
    cross join lateral (
      select after from history
      where history.contract_id = contact.after ->> 'contract_id' and event like 'contract.%'
        and event in ('contract.created', 'contract.changed') and occurred_at <= ${parameter('as_of')}
      order by occurred_at desc, history_id desc
      limit 1) contract
  where contact.after ->> 'family_name' is not null
    and (contact.after ->> 'account_id' = account.account_id::text or candidate.had_left)`,
)

/** The contacts who were behind each address at a moment, and those who had been behind it before, from history. */
export async function listPastRegistrations(
  db: Db,
  email_keys: readonly string[],
  as_of: string,
): Promise<PastRegistration[][]> {
  return rowsByQuestion(email_keys.length, await db.run(listStatement({ email_keys, as_of })))
}
