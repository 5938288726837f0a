import type { Database, Db, PooledClient } from '#db/driver/database.ts'
import { unnamed } from '#db/driver/database-client.ts'
import { failureOf, outageOf } from '#db/driver/failure.ts'
import { HeldPlaces, NoPlaceError } from '#db/driver/lock-places.ts'
import { freshlyPlanned, type Statement } from '#db/driver/statement.ts'

export type Transaction = Db & {
  /** Sends the last statements and COMMIT in one round trip; nothing may follow. */
  commitWith(...statements: Statement<unknown>[]): Promise<void>
}

// Named, because the default of the server, the database or the role may be another.
const BEGIN = unnamed('begin isolation level read committed')
const ROLLBACK = unnamed('rollback')

// A transaction that locks several things may find one after the other taken.
const MOST_WAITS = 5

/** `isUndone`: nothing of the transaction is in the database. Otherwise its outcome is not known. */
type Attempt<T> = { value: T } | { error: unknown; isUndone: boolean }

/**
 * The only opener of transactions (READ COMMITTED). An error that `work` throws undoes everything. Statements that
 * `work` sends without waiting travel together, BEGIN with the first of them, and each sees what was committed before
 * it ran. `work` runs again after a conflict, and once more on a new connection after one that was no good, unless the
 * outcome is not known. It also runs again after it had to wait for its turn at a thing that many lock. So it must have
 * no effect but through `trx`.
 */
export async function inTransaction<T>(database: Database, work: (trx: Transaction) => Promise<T>): Promise<T> {
  const places = new HeldPlaces(database.places)
  try {
    for (let [attempt, waits] = [1, 0]; ;) {
      const client = await database.connect()
      const outcome = await attemptTransaction(client, places, work)
      if ('value' in outcome) return outcome.value
      const { error, isUndone } = outcome
      if (error instanceof NoPlaceError && waits++ < MOST_WAITS) {
        await places.wait()
        continue
      }
      const { connection, attempts } = failureOf(error)
      if (connection === 'close') database.retire(client)
      if (isUndone && attempt++ < attempts) continue
      if (outageOf(error) === 'database-away') places.failWaiting(error)
      throw error
    }
  } finally {
    places.leaveAll()
  }
}

/**
 * The same transaction, with statements that are planned for the tables as they are. A transaction that makes small
 * tables large does so before Postgres takes statistics of them, and plans that were made before read them from end to
 * end.
 */
export function freshlyPlanning(trx: Transaction): Transaction {
  return {
    run: async statement => await trx.run(freshlyPlanned(statement)),
    commitWith: async (...statements) => await trx.commitWith(...statements.map(freshlyPlanned)),
  }
}

async function attemptTransaction<T>(
  client: PooledClient,
  places: HeldPlaces,
  work: (trx: Transaction) => Promise<T>,
): Promise<Attempt<T>> {
  client.send(BEGIN).catch(() => {}) // BEGIN fails only with its connection, and then every later statement fails too
  let committed: Promise<void> | undefined
  const trx: Transaction = {
    run: async statement => {
      if (statement.locks !== undefined) places.takeNow(statement.locks)
      return await client.send(statement)
    },
    commitWith: async (...statements) => {
      const writes = statements.map(statement => client.send(statement))
      committed = commit(client)
      await Promise.all([...writes, committed])
    },
  }
  try {
    const value = await work(trx)
    await (committed ??= commit(client))
    client.release()
    return { value }
  } catch (error) {
    return await undo(client, committed, error)
  }
}

async function commit(client: PooledClient): Promise<void> {
  if ((await client.commit()) !== 'COMMIT') throw new Error('the transaction was aborted by an earlier error')
}

/**
 * Leaves the connection clean for the next transaction, or closes it. Nothing of the transaction is in the database for
 * certain where COMMIT was not sent, or failed in a session that goes on. A transaction that was to wait for its turn
 * over a connection that turns out to be lost fails with that instead.
 */
async function undo(
  client: PooledClient,
  committed: Promise<void> | undefined,
  error: unknown,
): Promise<{ error: unknown; isUndone: boolean }> {
  const isGood = failureOf(error).connection === 'keep'
  try {
    const isCommitted = await committed?.then(
      () => true,
      () => false,
    )
    if (isGood || committed !== undefined) await client.send(ROLLBACK)
    client.release(!isGood)
    return { error, isUndone: isCommitted !== true }
  } catch (lost) {
    client.release(true)
    return { error: error instanceof NoPlaceError ? lost : error, isUndone: committed === undefined }
  }
}
