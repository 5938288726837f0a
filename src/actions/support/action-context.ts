import type { Clock } from '#clock.ts'
import type { Database, Db } from '#db/driver/database.ts'
import type { WorkPace } from '#actions/support/work-pace.ts'
import type { QUEUES } from '#db/schema/job-schema.ts'
import type { Retention } from '#domain/personal-data/retention.ts'

/** The queues whose jobs actions send. */
export type QueueName = Exclude<(typeof QUEUES)[number], 'catch-up' | 'purge-idempotency-keys'>

/** A job: the id of what it concerns, and the moment from which it may run; without it, a worker is woken to run it. */
export type Job = { queue: QueueName; id: string; start_at?: string }

/** The database, the clock and the other means of every action. */
export type ActionContext = {
  database: Database
  clock: Clock
  /** A new UUIDv7: ids sort by the time they were made. */
  newId: () => string
  /** Sends a job in the transaction of the change that needs it: the job exists exactly if the change does. */
  enqueue: (trx: Db, job: Job) => Promise<void>
  retention: Retention
  /** How work in the background gives way to requests. */
  pace: WorkPace
}
