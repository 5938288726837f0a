import type { ActionContext } from '#actions/support/action-context.ts'
import { inTransaction, type Transaction } from '#db/driver/transaction.ts'
import type { Statement } from '#db/driver/statement.ts'
import { insertHistory } from '#db/history/history.ts'
import { updateDeliveriesCancelled } from '#db/webhooks/webhook-deliveries.ts'
import {
  findWebhookEndpoint,
  lockEndpointsOfEndedClients,
  lockWebhookEndpoint,
  updateEndpointDisabled,
} from '#db/webhooks/webhook-endpoints.ts'
import type { Caller } from '#domain/caller.ts'
import { webhookEndpointView, type DisabledReason } from '#domain/webhooks/webhook-endpoint.ts'

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
