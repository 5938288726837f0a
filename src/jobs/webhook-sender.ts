import { claimWebhooks, deliverWebhook, type SendMessage } from '#actions/webhooks/deliver-webhooks.ts'
import { distributeWebhooks } from '#actions/webhooks/distribute-webhooks.ts'
import { endWebhooksOfClients } from '#actions/webhooks/end-webhooks-of-clients.ts'
import { joinedCommit } from '#actions/support/joined-commit.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import type { DueDelivery } from '#db/webhooks/webhook-deliveries.ts'
import type { Caller } from '#domain/caller.ts'
import { repeatUntilStopped } from '#jobs/repeat-until-stopped.ts'
import { reportOutages } from '#jobs/report-outages.ts'

export type WebhookSender = { stop(): Promise<void> }

export type WebhookSenderOptions = {
  context: ActionContext
  send: SendMessage
  /** Receives the error of an outage, once a minute. */
  onError: (error: Error) => void
}

// Milliseconds from one look for events and due deliveries to the next, and from one look for ended clients.
const PAUSE = 100
const CLIENTS_PAUSE = 10_000

/** Deliveries of one endpoint that one process sends at once: one that hangs has no more of the process than these. */
const MOST_OF_ENDPOINT = 8

/**
 * R37: makes deliveries of new events and sends those that are due, until it is stopped. Every process does so; what
 * one sends no other does. Only what is under way is in memory, whatever waits in the database.
 */
export function startWebhookSender({ context, send, onError }: WebhookSenderOptions): WebhookSender {
  const report = reportOutages(onError)
  const busy = new Map<string, number>()
  const underWay = new Set<Promise<void>>()
  const sending = { send, commit: joinedCommit(context.database) }
  const begin = (delivery: DueDelivery): void => {
    count(busy, delivery.endpoint_id, 1)
    const delivering = deliverWebhook(context, delivery, sending, callerOf(delivery.delivery_id))
      .catch(report)
      .finally(() => {
        count(busy, delivery.endpoint_id, -1)
        underWay.delete(delivering)
        looking.wake() // its place is free for the next delivery of the endpoint
      })
    underWay.add(delivering)
  }
  const looking = repeatUntilStopped(lookingFor(context, busy, begin), report)
  return {
    stop: async () => {
      await looking.stop()
      await Promise.all(underWay)
    },
  }
}

/** One look: at the clients now and then, at new events, and at what is due. Answers how long to wait for the next. */
function lookingFor(
  context: ActionContext,
  busy: ReadonlyMap<string, number>,
  begin: (delivery: DueDelivery) => void,
): () => Promise<number> {
  const isTimeForClients = timeFor(CLIENTS_PAUSE)
  const isTimeForEvents = timeFor(PAUSE)
  let lagging = 0
  return async () => {
    if (isTimeForClients()) await endWebhooksOfClients(context, callerOf(context.newId()))
    if (lagging > 0 || isTimeForEvents()) lagging = await distributeWebhooks(context)
    for (const delivery of await claimWebhooks(context, busy, MOST_OF_ENDPOINT)) begin(delivery)
    return lagging > 0 ? 0 : PAUSE
  }
}

/** Whether so many milliseconds have passed since the last time: looks that follow ended deliveries come more often. */
function timeFor(pause: number): () => boolean {
  let last = -Infinity
  return () => {
    if (performance.now() - last < pause) return false
    last = performance.now()
    return true
  }
}

function count(busy: Map<string, number>, endpoint_id: string, step: number): void {
  const now = (busy.get(endpoint_id) ?? 0) + step
  if (now === 0) busy.delete(endpoint_id)
  else busy.set(endpoint_id, now)
}

function callerOf(id: string): Caller {
  return { actor: 'madoguchi', request_id: `job-${id}`, source: 'job' }
}
