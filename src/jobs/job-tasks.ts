import type { ActionContext, QueueName } from '#actions/support/action-context.ts'
import { applyScheduledRequest } from '#actions/change-requests/apply-change-request.ts'
import { eraseRejectedRequest, listRejectedRequests } from '#actions/personal-data/erase-rejected-request.ts'
import { eraseRemovedPerson, listRemovedPeople } from '#actions/personal-data/erase-removed-person.ts'
import { deleteExpiredImport, listExpired } from '#actions/imports/delete-import.ts'
import { expireEvents, listEventsToExpire } from '#actions/history/expire-events.ts'
import { endContract } from '#actions/contracts/end-contract.ts'
import { listStalled, runImport, takeUpImport } from '#actions/imports/run-import.ts'
import { startContract } from '#actions/contracts/start-contract.ts'
import { listDueChangeRequests } from '#db/change-requests/change-requests.ts'
import { listEndsToRecord, listStartsToRecord } from '#db/contracts/contracts.ts'
import type { Due, DuePage } from '#db/due.ts'
import type { Caller } from '#domain/caller.ts'

export type Task = {
  /**
   * Does the work of one job. It reads the state when it runs, so that it may run again. Long work ends early once
   * `signal` stops it, and sends a job that goes on.
   */
  run: (context: ActionContext, id: string, caller: Caller, signal: AbortSignal) => Promise<void>
  /** Lists what is due by now and not done, also where its job was lost or never sent. */
  due: (context: ActionContext, page: DuePage) => Promise<Due[]>
  /** How many one catch-up does at most, so that it ends: the next goes on. All where it is absent. */
  most?: number
}

/** The work of each queue's jobs. */
export const TASKS: Record<QueueName, Task> = {
  'apply-change-request': {
    run: applyScheduledRequest,
    due: async ({ database, clock }, page) => await listDueChangeRequests(database, clock.today(), page),
  },
  'start-contract': {
    run: startContract,
    due: async ({ database, clock }, page) => await listStartsToRecord(database, clock.today(), page),
  },
  'end-contract': {
    run: endContract,
    due: async ({ database, clock }, page) => await listEndsToRecord(database, clock.today(), page),
  },
  'run-import': { run: async (context, id, _caller, signal) => await runImport(context, id, signal), due: listStalled },
  'delete-import': { run: deleteExpiredImport, due: listExpired },
}

/** R33: the catch-up finds what was kept long enough. It has no job of its own. */
const RETENTION: readonly Task[] = [
  { run: eraseRejectedRequest, due: listRejectedRequests, most: 200 },
  { run: eraseRemovedPerson, due: listRemovedPeople, most: 200 },
  { run: expireEvents, due: listEventsToExpire },
]

/** What the catch-up looks for, in this order. An import takes many jobs, which may fail: it sends the first. */
export const DUE_TASKS: readonly Task[] = [
  ...Object.values({ ...TASKS, 'run-import': { ...TASKS['run-import'], run: takeUpImport } }),
  ...RETENTION,
]

export const QUEUE_NAMES = Object.keys(TASKS) as QueueName[]
