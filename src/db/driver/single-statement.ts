import type { Database } from '#db/driver/database.ts'
import { failureOf, isUndone } from '#db/driver/failure.ts'
import type { Statement } from '#db/driver/statement.ts'

/**
 * Runs one statement that writes, as a transaction of its own (READ COMMITTED), over a connection of the pool: BEGIN
 * and COMMIT by themselves would cost a tenth more of both processors, and a third of its time under load. It runs
 * again as a transaction does: after a conflict, and on a new connection after one that was no good, unless the outcome
 * is not known.
 */
export async function runAlone<Row>(database: Database, statement: Statement<Row>): Promise<Row[]> {
  for (let attempt = 1; ; attempt++) {
    const client = await database.connect()
    try {
      const rows = await client.send(statement)
      client.release()
      return rows
    } catch (error) {
      const { connection, attempts } = failureOf(error)
      client.release(connection === 'close')
      if (connection === 'close') database.retire(client)
      if (attempt >= attempts || !isUndone(error)) throw error
    }
  }
}
