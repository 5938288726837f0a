import pg from 'pg'
import { driverError } from '#db/driver/connection-error.ts'
import type { Statement } from '#db/driver/statement.ts'

/** A connection to the database that knows its age, and for how long an answer has been due. */
export class DatabaseClient extends pg.Client {
  readonly opened_at = performance.now()
  #waiting = 0
  #quiet_since = 0
  #isUnreachable = false

  /** For how many milliseconds the server has sent no answer while a statement waits for one. */
  silence(): number {
    return this.#waiting === 0 ? 0 : performance.now() - this.#quiet_since
  }

  /** Sends a statement and answers its rows, which have the type that the statement declares. */
  async send<Row>({ name, text, values }: Statement<Row>): Promise<Row[]> {
    const result: pg.QueryResult | pg.QueryResult[] = await this.#sent({ name, text, values })
    return Array.isArray(result) ? result.flatMap(({ rows }) => rows) : result.rows // several, of a script
  }

  /** Sends COMMIT and answers what the server did: COMMIT or ROLLBACK. */
  async commit(): Promise<string> {
    return (await this.#sent({ text: 'commit' })).command
  }

  /** The server's process for this connection, as it or a pooler said, which the driver's types do not name. */
  backend_pid(): number {
    return (this as pg.Client & { processID?: number | null }).processID ?? 0
  }

  /** Closes the connection at once, with all that waits for it. `isUnreachable`: another would fare no better now. */
  destroy({ isUnreachable = false } = {}): void {
    this.#isUnreachable = isUnreachable
    this.connection.stream.destroy()
  }

  async #sent(config: pg.QueryConfig): Promise<pg.QueryResult> {
    if (this.#waiting++ === 0) this.#quiet_since = performance.now()
    try {
      return await this.query(config)
    } catch (error) {
      throw driverError(error, { has_alternative: !this.#isUnreachable })
    } finally {
      this.#waiting--
      this.#quiet_since = performance.now()
    }
  }
}

/** A statement without a name: the server keeps nothing of it. */
export function unnamed(text: string): Statement<unknown> {
  return { name: '', text, values: [] }
}
