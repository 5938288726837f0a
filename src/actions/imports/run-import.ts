import { setTimeout as sleep } from 'node:timers/promises'
import type { ActionContext, Job } from '#actions/support/action-context.ts'
import { endImport } from '#actions/support/imports/end-import.ts'
import { runImportBatch, type AfterBatch } from '#actions/support/imports/import-batch.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import { outageOf } from '#db/driver/failure.ts'
import type { Due, DuePage } from '#db/due.ts'
import { listStalledImports } from '#db/imports/due-imports.ts'
import { listWaitingPartitions } from '#db/imports/import-partitions.ts'

/** How long one job works on an import, in milliseconds: then another goes on, on whichever process. */
const SLICE = 60_000

/** How long an import waits before it looks again whether an earlier one is over, in milliseconds. */
const PATIENCE = 2_000

/** For how long nothing is done on an import that no job works on, in milliseconds. */
const STALLED_AFTER = 120_000

/** With fewer connections in the pool, an import takes one at a time, so that requests have the others. */
const CONNECTIONS_FOR_TWO = 4

/** A job at work on an import. */
type Run = {
  context: ActionContext
  import_id: string
  /** Whether the job has worked for long enough, or its process stops. */
  isEnding: () => boolean
  /** Whether its partitions are to stop after their batches, because one of them did. */
  isStopping: boolean
  /** What failed at last, if anything did. */
  failure: unknown
}

/** A partition at work; `is_counted` where its next batch is counted with the one before. */
type AtWork = { partition: number; is_counted: boolean }

/**
 * Works off an import (R39): it goes on where it was, and sends a job that goes on later where it does not come to the
 * end. A batch that fails by itself is tried again, with fewer rows. At the end of its time it throws what failed, so
 * that the log has it, rather than an outage that came after: the queue then lets a job go on. May run again, and in
 * several processes at once.
 */
export async function runImport(context: ActionContext, import_id: string, signal: AbortSignal): Promise<void> {
  const ends_at = timeIn(context, SLICE)
  const isEnding = (): boolean => signal.aborted || context.clock.now() > ends_at
  const run: Run = { context, import_id, isEnding, isStopping: false, failure: undefined }
  const after = await workToEnd(run).catch((error: unknown) => {
    throw run.failure ?? error
  })
  if (run.failure !== undefined) throw run.failure
  if (after === 'waits') await sendJob(context, { id: import_id, start_at: timeIn(context, PATIENCE) })
  if (after === 'more') await sendJob(context, { id: import_id })
}

/** Works off an import, until it is over, has to wait, or the job ends before it does. */
async function workToEnd(run: Run): Promise<'over' | 'more' | 'waits'> {
  for (;;) {
    const after = await workOff(run)
    if (after !== 'done') return after
    if ((await endImport(run.context, run.import_id)) === 'over') return 'over'
  }
}

/** Works off the partitions of an import, until nothing is left of any or the job ends. */
async function workOff(run: Run): Promise<AfterBatch> {
  const partitions = await listWaitingPartitions(run.context.database, run.import_id)
  // Where batches have ended their processes, only the partition that does so again is to be counted.
  const one_by_one = partitions.some(({ attempts }) => attempts > 1) || run.context.database.size < CONNECTIONS_FOR_TWO
  let left = partitions
    .toSorted((a, b) => a.attempts - b.attempts)
    .map(({ partition }): AtWork => ({ partition, is_counted: false }))
  while (left.length > 0) {
    const givesWay = run.context.pace.givesWay()
    const afters = await sideBySide(run, givesWay || one_by_one ? left.slice(0, 1) : left, givesWay)
    if (afters.includes('waits')) return 'waits'
    left = left.filter((_at_work, index) => afters[index] !== 'done')
    if (left.length > 0 && run.isEnding()) return 'more'
  }
  return 'done'
}

/** Works off partitions side by side. Once one of them stops before its end, the others do, after their batches. */
async function sideBySide(run: Run, several: readonly AtWork[], givesWay: boolean): Promise<AfterBatch[]> {
  run.isStopping = false
  const ended = await Promise.allSettled(
    several.map(async at_work => {
      let after: AfterBatch | undefined
      try {
        return (after = await workOffPartition(run, at_work, givesWay))
      } finally {
        if (after !== 'done') run.isStopping = true
      }
    }),
  )
  return ended.map(one => {
    if (one.status === 'rejected') throw one.reason
    return one.value
  })
}

/**
 * Works off a partition batch by batch, until nothing of it is left, another stops, the job ends, or requests begin to
 * come or come no longer. While they come, batches are small, and it rests after each.
 */
async function workOffPartition(run: Run, at_work: AtWork, givesWay: boolean): Promise<AfterBatch> {
  const { pace } = run.context
  for (;;) {
    const began_at = performance.now()
    const after = await runBatch(run, at_work)
    at_work.is_counted = after === 'more' // with the batch before it
    if (after === 'done' || after === 'waits') return after
    if (run.isStopping || run.isEnding()) return 'more'
    await sleep(pace.restAfter(performance.now() - began_at))
    if (pace.givesWay() !== givesWay) return 'more'
  }
}

async function runBatch(run: Run, { partition, is_counted }: AtWork): Promise<AfterBatch | 'failed'> {
  try {
    return await runImportBatch(run.context, { import_id: run.import_id, partition }, { is_counted })
  } catch (error) {
    if (outageOf(error) !== undefined) throw error
    run.failure = error
    return 'failed'
  }
}

async function sendJob(context: ActionContext, job: Omit<Job, 'queue'>): Promise<void> {
  await inTransaction(context.database, async trx => await context.enqueue(trx, { queue: 'run-import', ...job }))
}

/** Sends a job that takes up an import again: where one fails, the queue lets another go on soon. */
export async function takeUpImport(context: ActionContext, import_id: string): Promise<void> {
  await sendJob(context, { id: import_id })
}

/** The import that is at work or next, where no job works on it, because it was lost. */
export async function listStalled(context: ActionContext, page: DuePage): Promise<Due[]> {
  return await listStalledImports(context.database, timeIn(context, -STALLED_AFTER), page)
}

function timeIn({ clock }: ActionContext, milliseconds: number): string {
  return new Date(Date.parse(clock.now()) + milliseconds).toISOString()
}
