import type { ActionContext, QueueName } from '#actions/support/action-context.ts'
import { BEFORE_ALL, type Due } from '#db/due.ts'
import type { Caller } from '#domain/caller.ts'
import { QUEUE_NAMES, TASKS } from '#jobs/job-tasks.ts'

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
  for (const queue of QUEUE_NAMES) {
    for await (const { id } of dueTasks(context, queue)) {
      if (signal.aborted) return
      await TASKS[queue].run(context, id, caller, signal).catch(onError)
    }
  }
}

/** The ids of due work of a queue, read batch by batch. */
async function* dueTasks(context: ActionContext, queue: QueueName): AsyncGenerator<Due> {
  let after: Due | undefined = BEFORE_ALL
  while (after !== undefined) {
    const due: Due[] = await TASKS[queue].due(context, { after, limit: BATCH })
    yield* due
    after = due.length < BATCH ? undefined : due.at(-1)
  }
}
