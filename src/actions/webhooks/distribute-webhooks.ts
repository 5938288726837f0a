import type { ActionContext } from '#actions/support/action-context.ts'
import { inTransaction, type Transaction } from '#db/driver/transaction.ts'
import type { Statement } from '#db/driver/statement.ts'
import { listEvents } from '#db/history/events.ts'
import { insertHistory } from '#db/history/history.ts'
import {
  insertWebhookDeliveries,
  lockLaggingEndpoints,
  updateDeliveriesCancelled,
  updateEndpointCursor,
} from '#db/webhooks/webhook-deliveries.ts'
import {
  findWebhookEndpoint,
  lockEndpointsOfEndedClients,
  lockWebhookEndpoint,
  updateEndpointDisabled,
} from '#db/webhooks/webhook-endpoints.ts'
import type { Caller } from '#domain/caller.ts'
import { webhookEndpointView, type DisabledReason } from '#domain/webhooks/webhook-endpoint.ts'

// Events that one look gives to an endpoint.
const BATCH = 500

/**
 * R37: makes a delivery of every numbered event for every enabled endpoint that wants it. Each endpoint has a cursor,
 * so that registrations know nothing of webhooks. Answers how many endpoints got events.
 */
export async function distributeWebhooks({ database, clock, newId }: ActionContext): Promise<number> {
  return await inTransaction(database, async trx => {
    const lagging = await lockLaggingEndpoints(trx, BATCH)
    if (lagging.length === 0) return 0
    const statements: Statement<unknown>[] = []
    for (const { endpoint_id, cursor, until, types } of lagging) {
      const range = { after: cursor, until, limit: BATCH }
      const events = await listEvents(trx, { types, customer_id: null }, range)
      const rows = events.map(({ event_id, event }) => ({ delivery_id: newId(), endpoint_id, event_id, type: event }))
      if (rows.length > 0) statements.push(insertWebhookDeliveries(rows, clock.now()))
      statements.push(updateEndpointCursor(endpoint_id, until))
    }
    await trx.commitWith(...statements)
    return lagging.length
  })
}

/** Disables the endpoints whose client has ended: they end with it. */
export async function endWebhooksOfClients({ database, clock }: ActionContext, caller: Caller): Promise<void> {
  await inTransaction(database, async (trx: Transaction) => {
    const now = clock.now()
    const ended = await lockEndpointsOfEndedClients(trx, now)
    if (ended.length === 0) return
    for (const { endpoint_id } of ended) {
      const statements = await disabling(trx, endpoint_id, { reason: 'client_ended', now, caller })
      await Promise.all(statements.map(async statement => await trx.run(statement)))
    }
  })
}

type Disabling = { reason: DisabledReason; now: string; caller: Caller }

/** What disables an endpoint: its deliveries end, and history says why. Nothing where it is disabled already. */
export async function disabling(
  trx: Transaction,
  endpoint_id: string,
  { reason, now, caller }: Disabling,
): Promise<Statement<unknown>[]> {
  const [, endpoint] = await Promise.all([
    lockWebhookEndpoint(trx, endpoint_id),
    findWebhookEndpoint(trx, endpoint_id, null, now),
  ])
  if (endpoint === undefined || endpoint.disabled_at !== null) return []
  const before = webhookEndpointView(endpoint)
  const state = { disabled_at: now, disabled_reason: reason, updated_at: now }
  const after = webhookEndpointView({ ...endpoint, ...state })
  return [
    updateEndpointDisabled(endpoint_id, now, reason),
    updateDeliveriesCancelled(endpoint_id),
    insertHistory({ ...caller, occurred_at: now }, [
      { event: 'webhook_endpoint.disabled', subject_id: endpoint_id, before, after },
    ]),
  ]
}
