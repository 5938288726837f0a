import type { ActionContext } from '#actions/support/action-context.ts'
import { BEFORE_ALL, type Due } from '#db/due.ts'
import type { Caller } from '#domain/caller.ts'
import { DUE_TASKS, type Task } from '#jobs/job-tasks.ts'

export type CatchUp = {
  caller: Caller
  /** Stops the catch-up after the task that runs. */
  signal: AbortSignal
  /** Receives the error of each task that failed. */
  onError: (error: Error) => void
}

const BATCH = 50

/** Does what is due and not done, each task once. A task that fails holds up no other. */
export async function catchUp(context: ActionContext, { caller, signal, onError }: CatchUp): Promise<void> {
  for (const task of DUE_TASKS) {
    for await (const { id } of dueWork(context, task)) {
      if (signal.aborted) return
      await task.run(context, id, caller, signal).catch(onError)
    }
  }
}

/** The ids of due work of a kind, read batch by batch. */
async function* dueWork(context: ActionContext, { due, most = Infinity }: Task): AsyncGenerator<Due> {
  let after: Due | undefined = BEFORE_ALL
  for (let read = 0; after !== undefined && read < most; read += BATCH) {
    const page: Due[] = await due(context, { after, limit: BATCH })
    yield* page
    after = page.length < BATCH ? undefined : page.at(-1)
  }
}
