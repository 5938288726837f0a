import { sql } from 'kysely'

/** Whether `contract` is of what `asked` asks about. */
export const IS_ASKED_FOR = sql`(asked.customer_id is null or contract.customer_id = asked.customer_id)
        and (asked.contract_id is null or contract.contract_id = asked.contract_id)
        and (asked.product_id is null or contract.product_id = asked.product_id)`

// Since when an account has its present address: since it left the one before.
const HELD_FROM = sql`coalesce(
        (select max(left_at) from left_addresses former where former.account_id = support_accounts.account_id),
        opened_at)`

/**
 * Every account, open or closed, that has or had the address asked, and when it had it; one that had it twice is there
 * twice. Two conditions, so that each finds its partial index.
 */
export const ACCOUNTS_OF_ADDRESS = sql`(
      select account_id, customer_id, email, ${HELD_FROM} as held_from, null::timestamptz as held_until
      from support_accounts
      where email_key = asked.email_key and closed_at is null
      union all
      select account_id, customer_id, email, ${HELD_FROM}, null
      from support_accounts
      where email_key = asked.email_key and closed_at is not null
      union all
      select former.account_id, holder.customer_id, former.email, former.held_from, former.left_at
      from (
        select distinct account_id, email, held_from, left_at from left_addresses
        where email_key = asked.email_key) former
        join support_accounts holder on holder.account_id = former.account_id) account`

/** A contact that left an account by taking another address while the account had the address asked, as `departure`. */
export const JOIN_DEPARTURES = sql`
      join history departure on departure.before ->> 'account_id' = account.account_id::text
        and departure.event = 'contact.changed'
        and departure.before ->> 'account_id' <> departure.after ->> 'account_id'
        and departure.occurred_at between account.held_from and coalesce(account.held_until, 'infinity')`
