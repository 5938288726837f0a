import type pg from 'pg'
import type { Statement } from '#db/driver/statement.ts'

/** Sends a statement over a connection and answers its rows, which have the type that the statement declares. */
export async function runStatement<Row>(client: pg.ClientBase, statement: Statement<Row>): Promise<Row[]> {
  const { name, text, values } = statement
  return (await client.query<Row & pg.QueryResultRow>({ name, text, values })).rows
}
