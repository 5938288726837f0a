import type pg from 'pg'
import type { Database, Db } from '#db/driver/database.ts'
import { isConflict } from '#db/driver/failure.ts'
import { runStatement } from '#db/driver/run-statement.ts'
import type { Statement } from '#db/driver/statement.ts'

export type Transaction = Db & {
  /** Sends the last statements and COMMIT in one round trip; nothing may follow. */
  commitWith(...statements: Statement<unknown>[]): Promise<void>
}

const ATTEMPTS = 5

/**
 * The only opener of transactions (READ COMMITTED). An error that `work` throws undoes everything. Statements that
 * `work` sends without waiting travel together, BEGIN with the first of them, and each sees what was committed before
 * it ran. After a deadlock or a serialisation conflict `work` runs again, so it must have no effect but through `trx`.
 */
export async function inTransaction<T>(database: Database, work: (trx: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptTransaction(database, work)
    } catch (error) {
      if (attempt === ATTEMPTS || !isConflict(error)) throw error
    }
  }
}

async function attemptTransaction<T>(database: Database, work: (trx: Transaction) => Promise<T>): Promise<T> {
  const client = await database.connect()
  const begun = client.query('begin')
  begun.catch(() => {}) // BEGIN fails only with its connection, and then every later statement fails too
  let committed: Promise<void> | undefined
  const trx: Transaction = {
    run: async statement => await runStatement(client, statement),
    commitWith: async (...statements) => {
      const writes = statements.map(statement => runStatement(client, statement))
      committed = commit(client)
      await Promise.all([...writes, committed])
    },
  }
  try {
    const value = await work(trx)
    await (committed ?? commit(client))
    client.release()
    return value
  } catch (error) {
    await rollback(client, committed)
    throw error
  }
}

async function commit(client: pg.PoolClient): Promise<void> {
  const { command } = await client.query('commit')
  if (command !== 'COMMIT') throw new Error('the transaction was aborted by an earlier error')
}

/** Leaves the connection clean for the next transaction, or closes it. */
async function rollback(client: pg.PoolClient, committed: Promise<void> | undefined): Promise<void> {
  try {
    await committed?.catch(() => {})
    if (committed === undefined) await client.query('rollback')
    client.release()
  } catch {
    client.release(true)
  }
}
