import { disabling } from '#actions/webhooks/end-webhooks-of-clients.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { recordDisclosure } from '#actions/support/personal-data/disclosing.ts'
import type { JoinedCommit } from '#actions/support/joined-commit.ts'
import { inTransaction, type Transaction } from '#db/driver/transaction.ts'
import type { Statement } from '#db/driver/statement.ts'
import { listEvents } from '#db/history/events.ts'
import { claimDueDeliveries, updateDeliveryOutcome, type DueDelivery } from '#db/webhooks/webhook-deliveries.ts'
import { updateFailingSince } from '#db/webhooks/webhook-endpoints.ts'
import type { Caller } from '#domain/caller.ts'
import { countShown, type EventRecord } from '#domain/history/registry-event.ts'
import { ALL_SCOPES, type Scope } from '#domain/api-clients/scopes.ts'
import { hasArrived, isGone, type AttemptOutcome } from '#domain/webhooks/webhook-delivery.ts'
import { LONGEST_FAILING, pauseAfter } from '#domain/webhooks/delivery-pauses.ts'
import { webhookBody } from '#domain/webhooks/webhook-message.ts'
import { signedHeaders } from '#domain/webhooks/webhook-signature.ts'

/** A message that is ready, and what sends it. */
type Message = { url: string; headers: Record<string, string>; body: string }
export type SendMessage = (message: Message) => Promise<AttemptOutcome>

/** What deliveries share: how they are sent, and how their outcomes are committed. */
export type Sending = { send: SendMessage; commit: JoinedCommit }

/** How long a process has a delivery for itself, in milliseconds. */
const LEASE = 60_000

/** Claims deliveries that are due, up to `most` for each endpoint less those that it has under way. */
export async function claimWebhooks(
  { database, clock }: ActionContext,
  busy: ReadonlyMap<string, number>,
  most: number,
): Promise<DueDelivery[]> {
  const now = clock.now()
  const leased_until = after(now, LEASE)
  const claim = { now, leased_until, busy: JSON.stringify(Object.fromEntries(busy)), most }
  return await inTransaction(database, async trx => await claimDueDeliveries(trx, claim))
}

/**
 * Sends a delivery that was claimed, and records how it went: it is tried again, later each time, for three days. An
 * endpoint that is gone (410), or that has failed for five days, is disabled.
 */
export async function deliverWebhook(
  context: ActionContext,
  delivery: DueDelivery,
  { send, commit }: Sending,
  caller: Caller,
): Promise<void> {
  const { delivery_id, endpoint_id, url, secrets } = delivery
  const body = await bodyOf(context, delivery, caller)
  const seconds = Math.floor(Date.parse(context.clock.now()) / 1000)
  const outcome = await send({ url, headers: signedHeaders(delivery_id, seconds, body, secrets), body })
  const now = context.clock.now()
  await commit(endpoint_id, async trx => await recorded(trx, delivery, outcome, { now, caller }))
}

async function bodyOf(context: ActionContext, delivery: DueDelivery, caller: Caller): Promise<string> {
  const { event_id, include_data } = delivery
  const scopes = new Set(delivery.credential === 'root' ? ALL_SCOPES : (delivery.scopes as Scope[]))
  if (event_id === null) return webhookBody(delivery, undefined, scopes)
  const range = { after: event_id - 1, until: event_id, limit: 1 }
  const events = await listEvents(context.database, { types: null, customer_id: null }, range)
  if (include_data) await recordData(context, delivery, events, scopes, caller)
  return webhookBody(delivery, events[0], scopes)
}

/** R31: data about people that leaves with a webhook is recorded, before it does. */
async function recordData(
  context: ActionContext,
  { client, credential, endpoint_id }: DueDelivery,
  events: readonly EventRecord[],
  scopes: ReadonlySet<Scope>,
  { request_id }: Caller,
): Promise<void> {
  const rows = countShown(events, scopes)
  if (rows === 0) return
  const taken = { disclosure_id: context.newId(), taken_at: context.clock.now(), client, credential, request_id }
  const list = { operation: 'webhookEvent', format: 'json', purpose: null, on_behalf_of: null } as const
  await recordDisclosure(context, { ...taken, ...list, filter: { endpoint_id } }, rows)
}

async function recorded(
  trx: Transaction,
  delivery: DueDelivery,
  outcome: AttemptOutcome,
  { now, caller }: { now: string; caller: Caller },
): Promise<Statement<unknown>[]> {
  const { delivery_id, endpoint_id, attempts, first_attempt_at, failing_since } = delivery
  if (hasArrived(outcome))
    return [updateDeliveryOutcome(delivery_id, outcome, 'delivered', null), updateFailingSince(endpoint_id, null)]
  const since = failing_since ?? now
  const isDisabled = isGone(outcome) || elapsed(since, now) >= LONGEST_FAILING
  const pause = isDisabled ? undefined : pauseAfter(attempts, elapsed(first_attempt_at, now), Math.random())
  const next = pause === undefined ? null : after(now, pause)
  const reason = isGone(outcome) ? 'gone' : 'failing'
  return [
    updateDeliveryOutcome(delivery_id, outcome, next === null ? 'failed' : 'pending', next),
    updateFailingSince(endpoint_id, since),
    ...(isDisabled ? await disabling(trx, endpoint_id, { reason, now, caller }) : []),
  ]
}

function elapsed(from: string, to: string): number {
  return Date.parse(to) - Date.parse(from)
}

function after(moment: string, milliseconds: number): string {
  return new Date(Date.parse(moment) + milliseconds).toISOString()
}
