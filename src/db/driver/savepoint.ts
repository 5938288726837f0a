import { unnamed } from '#db/driver/database-client.ts'
import type { Transaction } from '#db/driver/transaction.ts'

/** Runs a part of a transaction. An error that `work` throws undoes that part alone. Parts may have parts. */
export async function inSavepoint<T>(trx: Transaction, work: () => Promise<T>): Promise<T> {
  await trx.run(unnamed('savepoint part'))
  try {
    const value = await work()
    await trx.run(unnamed('release savepoint part'))
    return value
  } catch (error) {
    // The savepoint outlives its rollback, and would hide one of an outer part.
    await Promise.all([trx.run(unnamed('rollback to savepoint part')), trx.run(unnamed('release savepoint part'))])
    throw error
  }
}
