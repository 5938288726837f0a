import { PgBoss, type JobResult } from 'pg-boss'
import type { ActionContext, QueueName } from '#actions/action-context.ts'
import { applyScheduledRequest } from '#actions/apply-change-request.ts'
import { endContract } from '#actions/end-contract.ts'
import { listDueChangeRequests } from '#db/change-requests.ts'
import { listEndsToRecord } from '#db/contracts.ts'
import { CATCH_UP, JOBS_SCHEMA } from '#jobs/job-queues.ts'

type Task = (context: ActionContext, id: string, requester: { actor: string, request_id: string }) => Promise<void>

/** What the jobs of each queue do. Each looks at how things stand when it runs, so that it may run again. */
const TASKS = { 'apply-change-request': applyScheduledRequest, 'end-contract': endContract } as const satisfies Record<QueueName, Task>

/** What is due by now, for each queue: found also where its job was lost, or never sent. */
const DUE: Record<QueueName, (context: ActionContext, limit: number) => Promise<string[]>> = {
  'apply-change-request': async ({ database, clock }, limit) => await listDueChangeRequests(database, clock.today(), limit),
  'end-contract': async ({ database, clock }, limit) => await listEndsToRecord(database, clock.today(), limit)
}

const QUEUE_NAMES = Object.keys(TASKS) as QueueName[]
const BATCH = 50
const EVERY_TEN_MINUTES = '*/10 * * * *'

export type JobWorkerOptions = {
  url: string
  context: ActionContext
  /** Told of what went wrong, by its code or name alone. */
  onError: (error: Error) => void
  /** Seconds between looks for jobs, and between looks for those whose worker has gone. */
  pollingSeconds?: number
  supervisionSeconds?: number
}

export type JobWorker = { stop(): Promise<void> }

/**
 * Works off what is due, beside whatever other processes do: each job is done by one of them, and taken up by another
 * when its worker dies. One job at a time in each queue, so that requests are not kept waiting. Starts when the
 * database lets it; a database that is away now is tried again.
 */
export function startJobWorker ({ url, context, onError, pollingSeconds = 2, supervisionSeconds = 30 }: JobWorkerOptions): JobWorker {
  const boss = new PgBoss({
    connectionString: url, schema: JOBS_SCHEMA, max: 2, application_name: 'madoguchi-jobs', migrate: false, registerInstance: false,
    superviseIntervalSeconds: supervisionSeconds, monitorIntervalSeconds: supervisionSeconds
  })
  boss.on('error', onError)
  const starting = start(boss, context, pollingSeconds, onError).catch(onError)
  return {
    stop: async () => {
      await boss.stop({ graceful: true, timeout: 5_000 })
      await starting
    }
  }
}

async function start (boss: PgBoss, context: ActionContext, pollingSeconds: number, onError: (error: Error) => void): Promise<void> {
  await boss.start({ attempts: Number.MAX_SAFE_INTEGER })
  const options = { batchSize: BATCH, burstWhenBatchFull: true, pollingIntervalSeconds: pollingSeconds, perJobResults: true } as const
  for (const queue of QUEUE_NAMES) {
    await boss.work<{ id: string }, unknown, typeof options>(queue, options, async jobs => await inTurn(jobs, async ({ id, data }) => await TASKS[queue](context, data.id, requesterOf(id)), onError))
  }
  await boss.work(CATCH_UP, { pollingIntervalSeconds: pollingSeconds }, async ([job]) => await catchUp(context, requesterOf(job!.id), onError))
  await boss.schedule(CATCH_UP, EVERY_TEN_MINUTES)
  await boss.send(CATCH_UP, null, { singletonKey: 'start', singletonSeconds: 60 })
}

type Delivered = { id: string, data: { id: string }, signal: AbortSignal }

/** One after the other; a job that fails is tried again later, and the others go on. */
async function inTurn (jobs: readonly Delivered[], task: (job: Delivered) => Promise<void>, onError: (error: Error) => void): Promise<JobResult[]> {
  const results: JobResult[] = []
  for (const job of jobs) {
    try {
      if (job.signal.aborted) throw new Error('the job was given to another worker')
      await task(job)
      results.push({ id: job.id, status: 'completed' })
    } catch (error) {
      onError(error as Error)
      results.push({ id: job.id, status: 'failed', output: { failed: (error as Error).name } }) // its message might name somebody
    }
  }
  return results
}

/** Does whatever is due and still undone. What cannot be done now holds up nothing else. */
async function catchUp (context: ActionContext, requester: { actor: string, request_id: string }, onError: (error: Error) => void): Promise<void> {
  for (const queue of QUEUE_NAMES) {
    for (let before = ''; ;) {
      const due = await DUE[queue](context, BATCH)
      if (due.length === 0 || due.join() === before) break
      for (const id of due) await TASKS[queue](context, id, requester).catch(onError)
      before = due.join()
    }
  }
}

function requesterOf (job_id: string): { actor: string, request_id: string } {
  return { actor: 'madoguchi', request_id: `job-${job_id}` }
}
