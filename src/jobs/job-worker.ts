import { PgBoss, type JobResult } from 'pg-boss'
import type { ActionContext } from '#actions/support/action-context.ts'
import { purgeIdempotencyKeys } from '#actions/purge-idempotency-keys.ts'
import { JOBS_SCHEMA } from '#db/job-schema.ts'
import type { Requester } from '#domain/requester.ts'
import { CATCH_UP, PURGE_IDEMPOTENCY_KEYS, jobSender } from '#jobs/job-queues.ts'
import { catchUp, QUEUE_NAMES, TASKS } from '#jobs/job-tasks.ts'

export type JobWorkerOptions = {
  url: string
  context: ActionContext
  /** Told of what went wrong. */
  onError: (error: Error) => void
  /** Seconds between looks for jobs, and between looks for those whose worker has gone. */
  pollingSeconds?: number
  supervisionSeconds?: number
}

export type JobWorker = {
  /** Fetches no more, lets the jobs that run finish, and gives back what was fetched besides. */
  stop(): Promise<void>
}

// A database that takes connections and says nothing must not hold up a stop for longer than a request waits for one.
const CONNECTION = {
  application_name: 'madoguchi-jobs',
  max: 2,
  connectionTimeoutMillis: 3_000,
  query_timeout: 60_000,
  keepAlive: true,
}
const STOP_TIMEOUT = 5_000
const BATCH = 50

/**
 * Works off what is due, beside whatever other processes do: each job is done by one of them, and taken up by another
 * when its worker dies. One job at a time in each queue, so that requests are not kept waiting. Starts when the
 * database lets it; one that is away, or not migrated yet, is tried again until it is there.
 */
export function startJobWorker({
  url,
  context,
  onError,
  pollingSeconds = 2,
  supervisionSeconds = 30,
}: JobWorkerOptions): JobWorker {
  const boss = new PgBoss({
    ...CONNECTION,
    connectionString: url,
    schema: JOBS_SCHEMA,
    migrate: false,
    registerInstance: false,
    superviseIntervalSeconds: supervisionSeconds,
    monitorIntervalSeconds: supervisionSeconds,
  })
  const report = onceAMinute(onError)
  boss.on('error', report)
  boss.on('warning', ({ data }) => {
    if ('type' in data && data.type === 'start_retry') report({ code: data.type })
  })
  const stopping = new AbortController()
  const starting = start(
    boss,
    { ...context, enqueue: postponer(context) },
    { pollingSeconds, onError, stopping: stopping.signal },
  ).catch((error: Error) => {
    if (!stopping.signal.aborted) onError(error)
  })
  return {
    stop: async () => {
      stopping.abort()
      await boss.stop({ graceful: true, timeout: STOP_TIMEOUT })
      await starting
    },
  }
}

type Work = { pollingSeconds: number; onError: (error: Error) => void; stopping: AbortSignal }

async function start(boss: PgBoss, context: ActionContext, { pollingSeconds, onError, stopping }: Work): Promise<void> {
  await boss.start({ attempts: Number.MAX_SAFE_INTEGER })
  const options = {
    batchSize: BATCH,
    burstWhenBatchFull: true,
    pollingIntervalSeconds: pollingSeconds,
    perJobResults: true,
  } as const
  const work = async <Data>(queue: string, run: (job: Delivered<Data>) => Promise<void>): Promise<unknown> =>
    await boss.work<Data, unknown, typeof options>(
      queue,
      options,
      async jobs => await inTurn(jobs, run, { onError, stopping }),
    )
  for (const queue of QUEUE_NAMES)
    await work<{ id: string }>(queue, async ({ id, data }) => await TASKS[queue].run(context, data.id, requesterOf(id)))
  await work(
    CATCH_UP,
    async ({ id, signal }) =>
      await catchUp(context, { requester: requesterOf(id), signal: AbortSignal.any([signal, stopping]), onError }),
  )
  await work(
    PURGE_IDEMPOTENCY_KEYS,
    async ({ signal }) => await purgeIdempotencyKeys(context, AbortSignal.any([signal, stopping])),
  )
  await boss.send(CATCH_UP, null, { singletonKey: 'start', singletonSeconds: 60 })
}

type Delivered<Data> = { id: string; data: Data; signal: AbortSignal }

/** One after the other; a job that fails, or that there is no time left for, is tried again later, and the others go on. */
async function inTurn<Data>(
  jobs: readonly Delivered<Data>[],
  run: (job: Delivered<Data>) => Promise<void>,
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

/** Its message might name somebody, so the name of its kind is all that is kept with the job. */
function failed(id: string, error: Error, onError: (error: Error) => void): JobResult {
  onError(error)
  return { id, status: 'failed', output: { failed: error.name } }
}

/** A job that came early goes back by this process's clock: by the database's, which is ahead, it would come back at once. */
function postponer({ database, clock }: ActionContext): ActionContext['enqueue'] {
  return jobSender(database, start_at =>
    Math.max(1, Math.ceil((Date.parse(start_at) - Date.parse(clock.now())) / 1000)),
  )
}

/** The library looks every few seconds, so that an outage is reported seldom; and by its code alone, because it hands on copies of errors with all that they quote. */
function onceAMinute(onError: (error: Error) => void): (error: { code?: string; name?: string }) => void {
  let last = { code: '', at: -Infinity }
  return error => {
    const [code, at] = [error.code ?? error.name ?? '', performance.now()]
    if (code === last.code && at - last.at < 60_000) return
    last = { code, at }
    onError(Object.assign(new Error('jobs are held up'), { code }))
  }
}

function requesterOf(job_id: string): Requester {
  return { actor: 'madoguchi', request_id: `job-${job_id}` }
}
