import { setTimeout as sleep } from 'node:timers/promises'
import { PgBoss } from 'pg-boss'
import { migrationSettings, withSettings } from '#db/driver/session-settings.ts'
import { JOBS_SCHEMA, QUEUES } from '#db/schema/job-schema.ts'
import { CATCH_UP, PURGE_IDEMPOTENCY_KEYS } from '#jobs/job-queues.ts'

// Not on the hour, when days start and jobs have the most to do.
const TIMETABLE = { [CATCH_UP]: '5-59/10 * * * *', [PURGE_IDEMPOTENCY_KEYS]: '23 * * * *' }

const DAY = 24 * 60 * 60

const LOCK_TIMEOUT = 60_000

// A job is tried again until it is done: a rule that says no is an outcome, so only outages make a job fail.
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
    connectionString: withSettings(url, migrationSettings(LOCK_TIMEOUT)),
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
    await waitForIndexes(boss, failures)
  } finally {
    await boss.stop({ graceful: false })
  }
}

/** Waits for the indexes that the library builds after its other changes while it migrates: a stop would end them. */
async function waitForIndexes(boss: PgBoss, failures: readonly unknown[]): Promise<void> {
  for (;;) {
    const isWaiting = (await boss.getBamStatus()).some(({ status }) => status === 'pending' || status === 'in_progress')
    if (failures.length > 0) throw new Error('an index of the job library could not be built')
    if (!isWaiting && !boss.isBamWorking()) return
    await sleep(50)
  }
}
