import { PgBoss, type JobResult } from 'pg-boss'
import { purgeDriftReports } from '#actions/accounts/purge-drift-reports.ts'
import { purgeWebhookDeliveries } from '#actions/webhooks/purge-webhook-deliveries.ts'
import { purgeIdempotencyKeys } from '#actions/purge-idempotency-keys.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { JOBS_CHANNEL, JOBS_SCHEMA } from '#db/schema/job-schema.ts'
import type { Caller } from '#domain/caller.ts'
import { catchUp } from '#jobs/catch-up.ts'
import { openJobDatabase, type JobDatabase } from '#jobs/job-database.ts'
import { CATCH_UP, PURGE_IDEMPOTENCY_KEYS, jobSender } from '#jobs/job-queues.ts'
import { QUEUE_NAMES, TASKS } from '#jobs/job-tasks.ts'
import { reportOutages } from '#jobs/report-outages.ts'

export type JobWorkerOptions = {
  url: string
  context: ActionContext
  /** Receives the error of each job that failed, and of an outage. */
  onError: (error: Error) => void
  /** Seconds between two looks for jobs, and between two looks for jobs whose worker has died. */
  pollingSeconds?: number
  supervisionSeconds?: number
}

export type JobWorker = {
  /** Takes no further jobs, finishes the job that runs, and returns the others to their queues. */
  stop(): Promise<void>
}

const STOP_TIMEOUT = 5_000
const BATCH = 50

/**
 * Works off the jobs that are due. Each job is done by one process; if that process dies, another takes it up. A worker
 * runs one job at a time in each queue, so that jobs do not keep requests waiting. It starts when the database answers
 * and is migrated, and tries again until then.
 */
export function startJobWorker(options: JobWorkerOptions): JobWorker {
  const { context, onError, pollingSeconds = 2 } = options
  const database = openJobDatabase(options.url)
  const boss = newBoss(database, options)
  const stopping = new AbortController()
  const work = {
    context: { ...context, enqueue: postponer(context) },
    pollingSeconds,
    onError,
    stopping: stopping.signal,
  }
  const starting = start(boss, work).catch((error: Error) => {
    if (!stopping.signal.aborted) onError(error)
  })
  return {
    stop: async () => {
      stopping.abort()
      await boss.stop({ graceful: true, timeout: STOP_TIMEOUT })
      await starting
      await database.close()
    },
  }
}

function newBoss(database: JobDatabase, { onError, supervisionSeconds = 30 }: JobWorkerOptions): PgBoss {
  const boss = new PgBoss({
    db: database,
    schema: JOBS_SCHEMA,
    migrate: false,
    reindex: false, // only the owner of a table may
    registerInstance: false,
    superviseIntervalSeconds: supervisionSeconds,
    monitorIntervalSeconds: supervisionSeconds,
  })
  const report = reportOutages(onError)
  boss.on('error', report)
  boss.on('warning', ({ data }) => {
    if ('type' in data && data.type === 'start_retry') report({ code: data.type })
  })
  return boss
}

type Work = {
  context: ActionContext
  pollingSeconds: number
  onError: (error: Error) => void
  stopping: AbortSignal
}

async function start(boss: PgBoss, work: Work): Promise<void> {
  const { context, onError, stopping } = work
  await boss.start({ attempts: Number.MAX_SAFE_INTEGER })
  const workers = new Map<string, string>()
  for (const queue of QUEUE_NAMES) {
    const worker = await subscribe<{ id: string }>(boss, queue, work, async ({ id, data, signal }) => {
      await TASKS[queue].run(context, data.id, callerOf(id), AbortSignal.any([signal, stopping]))
    })
    workers.set(queue, worker)
  }
  wakeWorkers(boss, work, workers)
  await subscribe(boss, CATCH_UP, work, async ({ id, signal }) => {
    await catchUp(context, { caller: callerOf(id), signal: AbortSignal.any([signal, stopping]), onError })
  })
  await subscribe(boss, PURGE_IDEMPOTENCY_KEYS, work, async ({ signal }) => {
    await purgeIdempotencyKeys(context, AbortSignal.any([signal, stopping]))
    await purgeDriftReports(context)
    await purgeWebhookDeliveries(context)
  })
  await boss.send(CATCH_UP, null, { singletonKey: 'start', singletonSeconds: 60 })
}

/**
 * Wakes the worker of a queue that has a job to run at once. After a lost connection it wakes all. Where the database
 * cannot be listened to, behind a pooler, they look for jobs by themselves.
 */
function wakeWorkers(boss: PgBoss, { context, stopping }: Work, workers: ReadonlyMap<string, string>): void {
  if (stopping.aborted) return
  const listener = context.database.listen(JOBS_CHANNEL, queue => {
    for (const [name, worker] of workers) if (queue === undefined || queue === name) boss.notifyWorker(worker)
  })
  stopping.addEventListener('abort', () => listener.close(), { once: true })
}

type Delivered<Data> = { id: string; data: Data; signal: AbortSignal }
type Run<Data> = (job: Delivered<Data>) => Promise<void>

async function subscribe<Data>(boss: PgBoss, queue: string, work: Work, run: Run<Data>): Promise<string> {
  const options = {
    batchSize: BATCH,
    burstWhenBatchFull: true,
    pollingIntervalSeconds: work.pollingSeconds,
    perJobResults: true,
  } as const
  return await boss.work<Data, unknown, typeof options>(queue, options, async jobs => await runInTurn(jobs, run, work))
}

/** Runs one job after the other. A job that fails, or that a stop leaves no time for, is tried again later. */
async function runInTurn<Data>(
  jobs: readonly Delivered<Data>[],
  run: Run<Data>,
  { onError, stopping }: Pick<Work, 'onError' | 'stopping'>,
): Promise<JobResult[]> {
  const results: JobResult[] = []
  for (const job of jobs) {
    if (stopping.aborted || job.signal.aborted)
      results.push({ id: job.id, status: 'failed', output: { failed: 'not begun' } })
    else
      results.push(
        await run(job).then(
          () => ({ id: job.id, status: 'completed' }),
          error => failed(job.id, error as Error, onError),
        ),
      )
  }
  return results
}

/** The job keeps only the error's name: an error's message may hold personal data. */
function failed(id: string, error: Error, onError: (error: Error) => void): JobResult {
  onError(error)
  return { id, status: 'failed', output: { failed: error.name } }
}

/**
 * Returns a job that came early for so long as this process's clock says. By the clock of the database, which is ahead,
 * the queue would deliver it again at once.
 */
function postponer({ database, clock }: ActionContext): ActionContext['enqueue'] {
  return jobSender(database, start_at =>
    Math.max(1, Math.ceil((Date.parse(start_at) - Date.parse(clock.now())) / 1000)),
  )
}

function callerOf(job_id: string): Caller {
  return { actor: 'madoguchi', request_id: `job-${job_id}`, source: 'job' }
}
