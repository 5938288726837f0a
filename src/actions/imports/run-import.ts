import { setTimeout as sleep } from 'node:timers/promises'
import type { ActionContext, Job } from '#actions/support/action-context.ts'
import { runImportBatch, type AfterBatch } from '#actions/support/imports/import-batch.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import { outageOf } from '#db/driver/failure.ts'
import type { Due, DuePage } from '#db/due.ts'
import { listStalledImports } from '#db/imports/due-imports.ts'

/** How long one job works on an import, in milliseconds: then another goes on, on whichever process. */
const SLICE = 60_000

/** How long an import waits before it looks again whether an earlier one is over, in milliseconds. */
const PATIENCE = 2_000

/** For how long nothing is done on an import that no job works on, in milliseconds. */
const STALLED_AFTER = 120_000

/**
 * Works off an import batch by batch (R39): it goes on where it was, and sends a job that goes on later where it does
 * not come to the end. While requests come, batches are small, and it rests after each. A batch that fails by itself is
 * tried again, with fewer rows. Throws what failed once the import is over, so that the log has it. May run again, and
 * in several processes at once.
 */
export async function runImport(context: ActionContext, import_id: string, signal: AbortSignal): Promise<void> {
  const ends_at = timeIn(context, SLICE)
  let failure: unknown
  for (let is_counted = false; ;) {
    const began_at = performance.now()
    const after: AfterBatch | 'failed' = await runImportBatch(context, import_id, { is_counted }).catch(
      (error: unknown) => {
        if (outageOf(error) !== undefined) throw error
        failure = error
        return 'failed'
      },
    )
    is_counted = after === 'more' // with the batch before it
    if (after === 'over') break
    if (after === 'waits') return await sendJob(context, { id: import_id, start_at: timeIn(context, PATIENCE) })
    if (signal.aborted || context.clock.now() > ends_at) return await sendJob(context, { id: import_id })
    await sleep(context.pace.restAfter(performance.now() - began_at))
  }
  if (failure !== undefined) throw failure
}

async function sendJob(context: ActionContext, job: Omit<Job, 'queue'>): Promise<void> {
  await inTransaction(context.database, async trx => await context.enqueue(trx, { queue: 'run-import', ...job }))
}

/** Imports that no job works on, because it was lost. */
export async function listStalled(context: ActionContext, page: DuePage): Promise<Due[]> {
  return await listStalledImports(context.database, timeIn(context, -STALLED_AFTER), page)
}

function timeIn({ clock }: ActionContext, milliseconds: number): string {
  return new Date(Date.parse(clock.now()) + milliseconds).toISOString()
}
