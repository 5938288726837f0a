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

export type Numbered<Row> = Row & { number: number }

/** The rows of each question, in the order of the questions. */
export function rowsByQuestion<Row>(count: number, rows: readonly Numbered<Row>[]): Row[][] {
  const grouped = Map.groupBy(rows, ({ number }) => number)
  return Array.from({ length: count }, (_, index) => grouped.get(index + 1) ?? [])
}
