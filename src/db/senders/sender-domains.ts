import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { prepared } from '#db/driver/statement.ts'
import {
  askedRows,
  questionColumns,
  rowsByQuestion,
  type Numbered,
  type QuestionColumns,
} from '#db/senders/sender-questions.ts'
import { IS_ASKED_FOR } from '#db/senders/sender-columns.ts'
import type { ConfirmWith } from '#domain/senders/sender-check.ts'
import type { SenderNarrowing } from '#domain/senders/sender-facts.ts'

/** How many customers of a domain, and contracts of a customer, an answer names; and of how many it chooses. */
const MOST_CUSTOMERS = sql.lit(5)
const MOST_CONTRACTS = sql.lit(10)
const CANDIDATES = sql.lit(100)

const listPrimariesStatement = prepared<QuestionColumns & { today: string }, Numbered<ConfirmWith>>(
  parameter => sql`
  select asked.number, contract.contract_id, contract.product_id, contract.customer_id,
    customers.name as customer_name, contact.contact_id, contact.family_name, contact.given_name, contact.email
  from ${askedRows(parameter, 'domain')} cross join lateral (
    with recursive known (customer_id) as (
      (select customer_id from support_accounts
        where closed_at is null and split_part(email_key, '@', 2) = asked.domain
        order by customer_id
        limit 1)
      union all
      select (
        select customer_id from support_accounts account
        where account.closed_at is null and split_part(account.email_key, '@', 2) = asked.domain
          and account.customer_id > known.customer_id
        order by account.customer_id
        limit 1)
      from known where known.customer_id is not null
    )
    select customer_id from known where customer_id is not null limit ${MOST_CUSTOMERS}
  ) known
  join customers on customers.customer_id = known.customer_id
  cross join lateral (
    select candidate.*, exists (
        select from contacts colleague
        where colleague.contract_id = candidate.contract_id and colleague.removed_at is null
          and split_part(colleague.email_key, '@', 2) = asked.domain) as has_colleague
    from (
      select contract.contract_id, contract.product_id, contract.customer_id from contracts contract
      where contract.customer_id = known.customer_id
        and ${IS_ASKED_FOR}
        and contract.seats_used > 0 and contract.starts_on <= ${parameter('today')}
        and (contract.ends_on is null or contract.ends_on >= ${parameter('today')})
      order by contract.contract_id
      limit ${CANDIDATES}) candidate
    order by has_colleague desc, candidate.contract_id
    limit ${MOST_CONTRACTS}
  ) contract
  join contacts contact
    on contact.contract_id = contract.contract_id and contact.role = 'primary' and contact.removed_at is null
  order by asked.number, contract.has_colleague desc, contract.customer_id, contract.contract_id`,
)

export type DomainQuestion = SenderNarrowing & { domain: string }

/**
 * The primaries who may confirm an unregistered sender of each domain (R30): of contracts in force on a day, first of
 * those that have contacts of the domain.
 */
export async function listPrimariesOfDomains(
  db: Db,
  today: string,
  questions: readonly DomainQuestion[],
): Promise<ConfirmWith[][]> {
  const columns = questionColumns(questions.map(({ domain, ...narrowing }) => ({ key: domain, ...narrowing })))
  return rowsByQuestion(questions.length, await db.run(listPrimariesStatement({ ...columns, today })))
}

/** How many addresses of a large domain a check compares: the hint is worth no more. */
const MOST_NEIGHBOURS = sql.lit(2000)

const listNeighboursStatement = prepared<{ email_keys: readonly string[] }, { asked: string; email_key: string }>(
  parameter => sql`
  select asked.email_key as asked, neighbour.email_key
  from unnest(${parameter('email_keys')}::text[]) as asked (email_key)
    cross join lateral (
      select account.email_key from support_accounts account
      where account.closed_at is null
        and split_part(account.email_key, '@', 2) = split_part(asked.email_key, '@', 2)
      limit ${MOST_NEIGHBOURS}) neighbour
  where length(neighbour.email_key) between length(asked.email_key) - 1 and length(asked.email_key) + 1`,
)

/** Addresses in use at the domain of each of these, whose lengths differ from it by one letter at most. */
export async function listNeighbours(
  db: Db,
  email_keys: readonly string[],
): Promise<{ asked: string; email_key: string }[]> {
  return await db.run(listNeighboursStatement({ email_keys }))
}
