import type { ActionContext, QueueName } from '#actions/support/action-context.ts'
import { applyScheduledRequest } from '#actions/apply-change-request.ts'
import { endContract } from '#actions/end-contract.ts'
import { listDueChangeRequests } from '#db/change-requests.ts'
import { listEndsToRecord } from '#db/contracts.ts'
import { BEFORE_ALL, type Due, type DuePage } from '#db/due.ts'
import type { Requester } from '#domain/requester.ts'

type Task = {
  /** Does what a job of the queue is for. Looks at how things stand when it runs, so that it may run again. */
  run: (context: ActionContext, id: string, requester: Requester) => Promise<void>
  /** What is due by now and not done: found also where its job was lost, or never sent. */
  due: (context: ActionContext, page: DuePage) => Promise<Due[]>
}

/** What the jobs of each queue do. */
export const TASKS: Record<QueueName, Task> = {
  'apply-change-request': {
    run: applyScheduledRequest,
    due: async ({ database, clock }, page) => await listDueChangeRequests(database, clock.today(), page),
  },
  'end-contract': {
    run: endContract,
    due: async ({ database, clock }, page) => await listEndsToRecord(database, clock.today(), page),
  },
}

export const QUEUE_NAMES = Object.keys(TASKS) as QueueName[]

export type CatchUp = {
  requester: Requester
  /** Ends it after the task that runs. */
  signal: AbortSignal
  /** Told of each task that failed. */
  onError: (error: Error) => void
}

const BATCH = 50

/** Does whatever is due and not done, once each. What cannot be done now holds up nothing else. */
export async function catchUp(context: ActionContext, { requester, signal, onError }: CatchUp): Promise<void> {
  for (const queue of QUEUE_NAMES) {
    for (let after = BEFORE_ALL; ;) {
      const due = await TASKS[queue].due(context, { after, limit: BATCH })
      for (const { id } of due) {
        if (signal.aborted) return
        await TASKS[queue].run(context, id, requester).catch(onError)
      }
      if (due.length < BATCH) break
      after = due.at(-1)!
    }
  }
}
