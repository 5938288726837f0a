import type { ActionContext } from '#actions/support/action-context.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import type { Statement } from '#db/driver/statement.ts'
import { listEvents } from '#db/history/events.ts'
import { insertWebhookDeliveries, lockLaggingEndpoints, updateEndpointCursor } from '#db/webhooks/webhook-deliveries.ts'

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
