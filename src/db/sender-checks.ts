import { sql, type RawBuilder } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { batchLoader } from '#db/driver/batch-loader.ts'
import { prepared, type ParameterOf } from '#db/driver/statement.ts'
import type {
  ConfirmWith,
  FormerRegistration,
  PastRegistration,
  SenderNarrowing,
  SenderRegistration,
} from '#domain/sender-check.ts'

/** How many of those who once stood behind an address are looked at. */
const FORMER_LIMIT = 20

/** Answers how many customers of a domain, and contracts of a customer, name somebody to confirm with. */
const CUSTOMERS_OF_DOMAIN = 5
const CONTRACTS_OF_CUSTOMER = 10
const CANDIDATES = 100

const registrationsStatement = prepared<{ email_keys: readonly string[] }, SenderRegistration>(
  parameter => sql`
  select account.email_key, account.account_id, account.customer_id, account.email, contact.contact_id, contact.contract_id, contact.role, contact.duties,
    contact.family_name, contact.given_name, contact.registered_at, contract.product_id, contract.starts_on, contract.ends_on
  from support_accounts account
    join contacts contact on contact.account_id = account.account_id and contact.removed_at is null
    join contracts contract on contract.contract_id = contact.contract_id
  where account.email_key = any(${parameter('email_keys')}::text[]) and account.closed_at is null`,
)

/** Everybody present behind each address, by its key: the question of every mail and call, so callers share queries. */
export function registrationsBehind(db: Db): (email_keys: readonly string[]) => Promise<SenderRegistration[][]> {
  return batchLoader(async email_keys => {
    const rows = Map.groupBy(await db.run(registrationsStatement({ email_keys })), row => row.email_key)
    return email_keys.map(key => rows.get(key) ?? [])
  })
}

type AskedAddress = SenderNarrowing & { email_key: string }
type AskedDomain = SenderNarrowing & { domain: string }

const NARROWED = sql`(asked.customer_id is null or contract.customer_id = asked.customer_id)
  and (asked.contract_id is null or contract.contract_id = asked.contract_id) and (asked.product_id is null or contract.product_id = asked.product_id)`

type AskedColumns = {
  keys: string[]
  customer_ids: (string | null)[]
  contract_ids: (string | null)[]
  product_ids: (string | null)[]
}

function columnsOf(asked: readonly (SenderNarrowing & { key: string })[]): AskedColumns {
  return {
    keys: asked.map(({ key }) => key),
    customer_ids: asked.map(({ customer_id }) => customer_id ?? null),
    contract_ids: asked.map(({ contract_id }) => contract_id ?? null),
    product_ids: asked.map(({ product_id }) => product_id ?? null),
  }
}

const askedOf = (parameter: ParameterOf<AskedColumns>, key: string): RawBuilder<unknown> => sql`
  unnest(${parameter('keys')}::text[], ${parameter('customer_ids')}::text[], ${parameter('contract_ids')}::text[], ${parameter('product_ids')}::text[])
    with ordinality as asked (${sql.raw(key)}, customer_id, contract_id, product_id, number)`

// Two conditions instead of one, so that each finds its partial index.
const ACCOUNTS_OF_ADDRESS = sql`(
  select account_id, customer_id, email, opened_at from support_accounts where email_key = asked.email_key and closed_at is null
  union all select account_id, customer_id, email, opened_at from support_accounts where email_key = asked.email_key and closed_at is not null) account`

const FORMER_COLUMNS = sql`contact.contact_id, contact.contract_id, contact.role, contact.duties, contact.family_name, contact.given_name, contact.registered_at,
  contract.customer_id, contract.product_id, contract.starts_on, contract.ends_on`

type Numbered<Row> = Row & { number: number }

const formerStatement = prepared<AskedColumns, Numbered<FormerRegistration>>(
  parameter => sql`
  select asked.number, former.* from ${askedOf(parameter, 'email_key')} cross join lateral (
    (select null::timestamptz as left_at, ${FORMER_COLUMNS} from ${ACCOUNTS_OF_ADDRESS}
      join contacts contact on contact.account_id = account.account_id and contact.removed_at is null
      join contracts contract on contract.contract_id = contact.contract_id where ${NARROWED} order by contact.contact_id limit ${sql.lit(FORMER_LIMIT)})
    union all
    (select contact.removed_at, ${FORMER_COLUMNS} from ${ACCOUNTS_OF_ADDRESS}
      join contacts contact on contact.account_id = account.account_id and contact.removed_at is not null
      join contracts contract on contract.contract_id = contact.contract_id where ${NARROWED} order by contact.removed_at desc limit ${sql.lit(FORMER_LIMIT)})
    union all
    (select departure.occurred_at, ${FORMER_COLUMNS} from ${ACCOUNTS_OF_ADDRESS}
      join history departure on departure.before ->> 'account_id' = account.account_id::text
        and departure.event = 'contact.changed' and departure.before ->> 'account_id' <> departure.after ->> 'account_id'
      join contacts contact on contact.contact_id = departure.contact_id
      join contracts contract on contract.contract_id = contact.contract_id where ${NARROWED} order by departure.occurred_at desc limit ${sql.lit(FORMER_LIMIT)})
  ) former`,
)

/** Who stands behind an address without being authorised, and who once stood there: what a refusal says (R29). */
export function formersBehind(db: Db): (asked: readonly AskedAddress[]) => Promise<FormerRegistration[][]> {
  return batchLoader(async asked =>
    byNumber(
      asked.length,
      await db.run(
        formerStatement(columnsOf(asked.map(({ email_key, ...narrowing }) => ({ key: email_key, ...narrowing })))),
      ),
    ),
  )
}

const confirmStatement = prepared<AskedColumns & { today: string }, Numbered<ConfirmWith>>(
  parameter => sql`
  select asked.number, contract.contract_id, contract.product_id, contract.customer_id, customers.name as customer_name,
    contact.contact_id, contact.family_name, contact.given_name, contact.email
  from ${askedOf(parameter, 'domain')} cross join lateral (
    with recursive known (customer_id) as (
      (select customer_id from support_accounts where closed_at is null and split_part(email_key, '@', 2) = asked.domain order by customer_id limit 1)
      union all
      select (select customer_id from support_accounts account where account.closed_at is null and split_part(account.email_key, '@', 2) = asked.domain
        and account.customer_id > known.customer_id order by account.customer_id limit 1) from known where known.customer_id is not null
    )
    select customer_id from known where customer_id is not null limit ${sql.lit(CUSTOMERS_OF_DOMAIN)}
  ) known join customers on customers.customer_id = known.customer_id
  cross join lateral (
    select candidate.*, exists (select from contacts colleague where colleague.contract_id = candidate.contract_id and colleague.removed_at is null
        and split_part(colleague.email_key, '@', 2) = asked.domain) as has_colleague
    from (select contract.contract_id, contract.product_id, contract.customer_id from contracts contract where contract.customer_id = known.customer_id
      and ${NARROWED} and contract.seats_used > 0 and contract.starts_on <= ${parameter('today')} and (contract.ends_on is null or contract.ends_on >= ${parameter('today')})
      order by contract.contract_id limit ${sql.lit(CANDIDATES)}) candidate
    order by has_colleague desc, candidate.contract_id limit ${sql.lit(CONTRACTS_OF_CUSTOMER)}
  ) contract
  join contacts contact on contact.contract_id = contract.contract_id and contact.role = 'primary' and contact.removed_at is null
  order by asked.number, contract.has_colleague desc, contract.customer_id, contract.contract_id`,
)

/** With whose primaries to confirm an unregistered sender of a domain (R30): of contracts in force on a day, first of those that have contacts of the domain. */
export function primariesOfDomains(
  db: Db,
  today: () => string,
): (asked: readonly AskedDomain[]) => Promise<ConfirmWith[][]> {
  return batchLoader(async asked =>
    byNumber(
      asked.length,
      await db.run(
        confirmStatement({
          ...columnsOf(asked.map(({ domain, ...narrowing }) => ({ key: domain, ...narrowing }))),
          today: today(),
        }),
      ),
    ),
  )
}

function byNumber<Row>(count: number, rows: readonly Numbered<Row>[]): Row[][] {
  const grouped = Map.groupBy(rows, ({ number }) => number)
  return Array.from({ length: count }, (_, index) => grouped.get(index + 1) ?? [])
}

/** Of a larger domain only this many addresses are looked at: the hint is worth no more. */
const NEIGHBOURS = 2000

const neighboursStatement = prepared<{ email_keys: readonly string[] }, { asked: string; email_key: string }>(
  parameter => sql`
  select asked.email_key as asked, neighbour.email_key from unnest(${parameter('email_keys')}::text[]) as asked (email_key)
    cross join lateral (select account.email_key from support_accounts account
      where account.closed_at is null and split_part(account.email_key, '@', 2) = split_part(asked.email_key, '@', 2) limit ${sql.lit(NEIGHBOURS)}) neighbour
  where length(neighbour.email_key) between length(asked.email_key) - 1 and length(asked.email_key) + 1`,
)
/** Addresses in use at the same domain as each of these, of lengths that differ by one letter at most. */
export const listNeighbours = async (
  db: Db,
  email_keys: readonly string[],
): Promise<{ asked: string; email_key: string }[]> => await db.run(neighboursStatement({ email_keys }))

const pastStatement = prepared<{ email_keys: readonly string[]; as_of: string }, Numbered<PastRegistration>>(
  parameter => sql`
  with accounts as (
    select asked.number, account.account_id, account.customer_id, account.email
    from unnest(${parameter('email_keys')}::text[]) with ordinality as asked (email_key, number) cross join lateral ${ACCOUNTS_OF_ADDRESS} where account.opened_at <= ${parameter('as_of')}
  ), candidates as (
    select account.number, account.account_id, contact.contact_id, contact.removed_at as left_at from accounts account join contacts contact on contact.account_id = account.account_id and contact.removed_at is null
    union all
    select account.number, account.account_id, contact.contact_id, contact.removed_at from accounts account join contacts contact on contact.account_id = account.account_id and contact.removed_at is not null
    union all
    select account.number, account.account_id, departure.contact_id, departure.occurred_at from accounts account
      join history departure on departure.before ->> 'account_id' = account.account_id::text
        and departure.event = 'contact.changed' and departure.before ->> 'account_id' <> departure.after ->> 'account_id'
  )
  select account.number, account.account_id, account.customer_id, account.email, contract.after as contract, contact.after as contact,
    contact.after ->> 'account_id' = account.account_id::text and not candidate.has_left as is_present
  from (select number, account_id, contact_id, bool_and(left_at is not null and left_at <= ${parameter('as_of')}) as has_left, coalesce(min(left_at) <= ${parameter('as_of')}, false) as had_left
      from candidates group by number, account_id, contact_id) candidate
    join accounts account using (number, account_id)
    cross join lateral (select after from history where contact_id = candidate.contact_id and event in ('contact.registered', 'contact.changed')
      and occurred_at <= ${parameter('as_of')} order by occurred_at desc, history_id desc limit 1) contact
    cross join lateral (select after from history where history.contract_id = contact.after ->> 'contract_id' and event like 'contract.%' and event in ('contract.created', 'contract.changed')
      and occurred_at <= ${parameter('as_of')} order by occurred_at desc, history_id desc limit 1) contract
  where (contact.after ->> 'account_id' = account.account_id::text or candidate.had_left)`,
)

/** Who stood behind each address at a moment, and who had stood there before, as history tells it. */
export async function listPastRegistrations(
  db: Db,
  email_keys: readonly string[],
  as_of: string,
): Promise<PastRegistration[][]> {
  return byNumber(email_keys.length, await db.run(pastStatement({ email_keys, as_of })))
}
