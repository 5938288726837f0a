import { AsyncLocalStorage } from 'node:async_hooks'
import { PgBoss } from 'pg-boss'
import type { Job } from '#actions/support/action-context.ts'
import type { Database, Db } from '#db/driver/database.ts'
import { notification } from '#db/driver/notification.ts'
import { JOBS_CHANNEL, JOBS_SCHEMA, type QUEUES } from '#db/schema/job-schema.ts'
import { statementName } from '#db/driver/statement.ts'

/** The queue of the job that does what is due and not done, also where its own job was lost. */
export const CATCH_UP: (typeof QUEUES)[number] = 'catch-up'

/** The queue of the job that deletes stored outcomes that answer no repeats any more. */
export const PURGE_IDEMPOTENCY_KEYS: (typeof QUEUES)[number] = 'purge-idempotency-keys'

/** The earliest start of a job that is due at a moment: that moment, or in so many seconds of the database's clock. */
type StartAfter = (start_at: string) => string | number

/**
 * Puts jobs into their queues, each in the transaction of the change that needs it: rolled back with it. The library's
 * own queries go over the transaction's connection too: a transaction that holds one must not wait for another. A job
 * to run at once wakes the workers of all processes.
 */
export function jobSender(
  database: Database,
  startAfter: StartAfter = start_at => start_at,
): (trx: Db, job: Job) => Promise<void> {
  const transactions = new AsyncLocalStorage<Db>()
  const executeSql = async (text: string, values: unknown[] = []) => ({
    rows: await (transactions.getStore() ?? database).run({ name: statementName(text), text, values }),
  })
  const boss = new PgBoss({
    db: { executeSql },
    schema: JOBS_SCHEMA,
    supervise: false,
    schedule: false,
    registerInstance: false,
  }) // only sends: never started
  boss.on('error', () => {}) // what fails is thrown
  return async (trx, { queue, id, start_at }) => {
    const options = start_at === undefined ? {} : { startAfter: startAfter(start_at) }
    await transactions.run(trx, async () => await boss.send(queue, { id }, options))
    if (start_at === undefined) await trx.run(notification(JOBS_CHANNEL, queue))
  }
}
