import type pg from 'pg'
import type { Database, Db } from '#db/driver/database.ts'
import { isConflict } from '#db/driver/failure.ts'
import { queryOf } from '#db/driver/query.ts'
import type { Statement } from '#db/driver/statement.ts'

export type Transaction = Db & {
  /** Sends the last statements and COMMIT in one round trip; nothing may follow. */
  commitWith(...statements: Statement<unknown>[]): Promise<void>
}

const ATTEMPTS = 5

/**
 * The only opener of transactions (READ COMMITTED). What `work` throws undoes everything. Statements that `work`
 * sends without waiting travel together, BEGIN with the first of them, and each sees what was committed when it ran.
 * A deadlock or a serialisation conflict makes `work` run again, so it must have no effect but through `trx`.
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
  begun.catch(() => {}) // BEGIN fails only with its connection, and then every later statement says so too
  let committed: Promise<unknown> | undefined
  const trx: Transaction = {
    run: async statement => (await client.query(queryOf(statement))).rows as never,
    commitWith: async (...statements) => {
      const writes = statements.map(statement => client.query(queryOf(statement)))
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

/** Leaves the connection clean for the next user, or gives it up. */
async function rollback(client: pg.PoolClient, committed: Promise<unknown> | undefined): Promise<void> {
  try {
    await committed?.catch(() => {})
    if (committed === undefined) await client.query('rollback')
    client.release()
  } catch (error) {
    client.release(error as Error)
  }
}
