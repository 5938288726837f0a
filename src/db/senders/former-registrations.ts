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
import { ACCOUNTS_OF_ADDRESS, IS_ASKED_FOR, JOIN_DEPARTURES } from '#db/senders/sender-columns.ts'
import type { FormerRegistration, SenderNarrowing } from '#domain/senders/sender-facts.ts'

/** How many former contacts of an address a check reads, of each kind of leaving. */
const MOST_FORMER = sql.lit(20)

const FORMER_COLUMNS = sql`contact.contact_id, contact.contract_id, contact.role, contact.duties, contact.family_name,
      contact.given_name, contact.registered_at, contract.customer_id, contract.product_id, contract.starts_on,
      contract.ends_on, contact.erased_at is not null as is_erased`

const listFormerStatement = prepared<QuestionColumns, Numbered<FormerRegistration>>(
  parameter => sql`
  select asked.number, former.* from ${askedRows(parameter, 'email_key')} cross join lateral (
    (select null::timestamptz as left_at, ${FORMER_COLUMNS}
      from (select distinct account_id from ${ACCOUNTS_OF_ADDRESS}) account
      join contacts contact on contact.account_id = account.account_id and contact.email_key = asked.email_key
        and contact.removed_at is null
      join contracts contract on contract.contract_id = contact.contract_id
      where ${IS_ASKED_FOR}
      order by contact.contact_id
      limit ${MOST_FORMER})
    union all
    (select contact.removed_at, ${FORMER_COLUMNS}
      from (select distinct account_id from ${ACCOUNTS_OF_ADDRESS}) account
      join contacts contact on contact.account_id = account.account_id and contact.email_key = asked.email_key
        and contact.removed_at is not null
      join contracts contract on contract.contract_id = contact.contract_id
      where ${IS_ASKED_FOR}
      order by contact.removed_at desc
      limit ${MOST_FORMER})
    union all
    (select departure.occurred_at, ${FORMER_COLUMNS}
      from ${ACCOUNTS_OF_ADDRESS} ${JOIN_DEPARTURES}
      join contacts contact on contact.contact_id = departure.contact_id
      join contracts contract on contract.contract_id = contact.contract_id
      where ${IS_ASKED_FOR}
      order by departure.occurred_at desc
      limit ${MOST_FORMER})
    union all
    (select departure.left_at, ${FORMER_COLUMNS}
      from left_addresses departure
      join contacts contact on contact.contact_id = departure.contact_id
      join contracts contract on contract.contract_id = contact.contract_id
      where departure.email_key = asked.email_key and ${IS_ASKED_FOR}
      order by departure.left_at desc
      limit ${MOST_FORMER})
  ) former`,
)

export type AddressQuestion = SenderNarrowing & { email_key: string }

/** The contacts behind each address without a contract in force, and those who once were behind it (R29). */
export async function listFormerRegistrations(
  db: Db,
  questions: readonly AddressQuestion[],
): Promise<FormerRegistration[][]> {
  const columns = questionColumns(questions.map(({ email_key, ...narrowing }) => ({ key: email_key, ...narrowing })))
  return rowsByQuestion(questions.length, await db.run(listFormerStatement(columns)))
}
