import pg from 'pg'
import { driverError } from '#db/driver/connection-error.ts'
import type { Statement } from '#db/driver/statement.ts'

/** A connection to the database that knows its age. */
export class DatabaseClient extends pg.Client {
  readonly opened_at = performance.now()

  /** Closes the connection at once, with all that waits for it. */
  destroy(): void {
    this.connection.stream.destroy()
  }

  /** Sends a statement and answers its rows, which have the type that the statement declares. */
  async send<Row>({ name, text, values }: Statement<Row>): Promise<Row[]> {
    try {
      return (await this.query<Row & pg.QueryResultRow>({ name, text, values })).rows
    } catch (error) {
      throw driverError(error)
    }
  }
}

/** A statement without a name: the server keeps nothing of it. */
export function unnamed(text: string): Statement<unknown> {
  return { name: '', text, values: [] }
}
