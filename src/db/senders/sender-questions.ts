import { sql, type RawBuilder } from 'kysely'
import type { ParameterOf } from '#db/driver/statement.ts'
import type { SenderNarrowing } from '#domain/senders/sender-facts.ts'

// One statement answers many questions: each row has the number of its question, from 1.

/** Questions about addresses or domains, as the columns that a statement takes. */
export type QuestionColumns = {
  keys: string[]
  customer_ids: (string | null)[]
  contract_ids: (string | null)[]
  product_ids: (string | null)[]
}

/** The columns of questions about senders, each with the customer, contract or product that narrows it. */
export function questionColumns(questions: readonly (SenderNarrowing & { key: string })[]): QuestionColumns {
  return {
    keys: questions.map(({ key }) => key),
    customer_ids: questions.map(({ customer_id }) => customer_id ?? null),
    contract_ids: questions.map(({ contract_id }) => contract_id ?? null),
    product_ids: questions.map(({ product_id }) => product_id ?? null),
  }
}

/** The questions as rows of `asked`, whose first column is called `key`. */
export function askedRows(parameter: ParameterOf<QuestionColumns>, key: string): RawBuilder<unknown> {
  return sql`
    unnest(${parameter('keys')}::text[], ${parameter('customer_ids')}::text[], ${parameter('contract_ids')}::text[],
      ${parameter('product_ids')}::text[]) with ordinality as asked (${sql.raw(key)}, customer_id, contract_id,
      product_id, number)`
}

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

export type Numbered<Row> = Row & { number: number }

/** The rows of each question, in the order of the questions. */
export function rowsByQuestion<Row>(count: number, rows: readonly Numbered<Row>[]): Row[][] {
  const grouped = Map.groupBy(rows, ({ number }) => number)
  return Array.from({ length: count }, (_, index) => grouped.get(index + 1) ?? [])
}
