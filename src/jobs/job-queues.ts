import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { PgBoss } from 'pg-boss'
import type { Job } from '#actions/support/action-context.ts'
import type { Database, Db } from '#db/driver/database.ts'
import { JOBS_SCHEMA, QUEUES } from '#db/job-schema.ts'
import { statementName } from '#db/driver/statement.ts'

/** Looks for what is due and was not done, whatever became of its job. */
export const CATCH_UP: (typeof QUEUES)[number] = 'catch-up'

/** Removes outcomes of requests that answer no repeats any more. */
export const PURGE_IDEMPOTENCY_KEYS: (typeof QUEUES)[number] = 'purge-idempotency-keys'

// Not on the hour, when days start and jobs have the most to do.
const TIMETABLE = { [CATCH_UP]: '5-59/10 * * * *', [PURGE_IDEMPOTENCY_KEYS]: '23 * * * *' }

const DAY = 24 * 60 * 60

// A job is tried again until it has been done: what the rules forbid is an outcome, so only outages make it fail.
const QUEUE_OPTIONS = {
  retryLimit: 100_000,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: 300,
  expireInSeconds: 300,
  heartbeatSeconds: 20,
  retentionSeconds: 365 * DAY,
  deleteAfterSeconds: 7 * DAY,
} as const

/** Brings the job library's own tables and queues to this release. Several processes may try at once. */
export async function migrateJobs(url: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: url,
    schema: JOBS_SCHEMA,
    max: 2,
    bamIntervalSeconds: 10,
    supervise: false,
    schedule: false,
    registerInstance: false,
    application_name: 'madoguchi-migrate',
  })
  boss.on('error', () => {}) // what matters is thrown
  const failures: unknown[] = []
  boss.on('bam', build => {
    if (build.status === 'failed') failures.push(build)
  })
  await boss.start()
  try {
    for (const queue of QUEUES) {
      await boss.createQueue(queue, QUEUE_OPTIONS)
      await boss.updateQueue(queue, QUEUE_OPTIONS)
    }
    for (const [queue, times] of Object.entries(TIMETABLE)) await boss.schedule(queue, times)
    await indexesBuilt(boss, failures)
  } finally {
    await boss.stop({ graceful: false })
  }
}

/** A newer release of the library builds indexes after its other changes, and only where it migrates: waits for them, since a stop cuts them off. */
async function indexesBuilt(boss: PgBoss, failures: readonly unknown[]): Promise<void> {
  for (;;) {
    const isWaiting = (await boss.getBamStatus()).some(({ status }) => status === 'pending' || status === 'in_progress')
    if (failures.length > 0) throw new Error('an index of the job library could not be built')
    if (!isWaiting && !boss.isBamWorking()) return
    await sleep(50)
  }
}

/** When a job may start, for one that is wanted at a moment: then, or in this many seconds of the database's clock. */
type StartAfter = (start_at: string) => string | number

/**
 * Puts jobs into their queues, each in the transaction of the change that needs it: rolled back with it. Whatever the
 * library asks on the way goes over the transaction's connection too, because who holds one must not wait for another.
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
    await transactions.run(trx, async () => await boss.send(queue, { id }, { startAfter: startAfter(start_at) }))
  }
}
