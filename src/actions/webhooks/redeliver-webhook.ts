import type { ActionContext } from '#actions/support/action-context.ts'
import { lockedEndpoint } from '#actions/support/webhooks/own-endpoint.ts'
import { withIdempotency, type IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import { findWebhookDelivery, insertWebhookDeliveries, updateDeliveryDue } from '#db/webhooks/webhook-deliveries.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { Authority } from '#domain/api-clients/rights.ts'
import type { WebhookDelivery } from '#domain/webhooks/webhook-delivery.ts'
import type { WebhookEndpoint } from '#domain/webhooks/webhook-endpoint.ts'

type Sending = { endpoint_id: string; authority: Authority; key?: IdempotencyKey | undefined }

const UNTRIED = { state: 'pending', attempts: 0, last_attempt_at: null, status: null, error: null, duration_ms: null }

/** Makes a delivery due again, under the id that it had. Refuses it for a disabled endpoint. */
export async function redeliverWebhook(
  context: ActionContext,
  { endpoint_id, delivery_id, authority, key }: Sending & { delivery_id: string },
): Promise<IdempotentOutcome<WebhookDelivery>> {
  return await withIdempotency(context, key, async trx => {
    assertEnabled(await lockedEndpoint(context, trx, endpoint_id, authority))
    const delivery = await findWebhookDelivery(trx, endpoint_id, delivery_id)
    if (delivery === undefined) throw new RefusedError({ type: 'not-found', resource: 'webhook_delivery' })
    const next_attempt_at = context.clock.now()
    return {
      value: { ...delivery, state: 'pending' as const, attempts: 0, next_attempt_at },
      statements: [updateDeliveryDue(delivery_id, next_attempt_at)],
    }
  })
}

/** Sends a message of the type `webhook.test`, which is about nothing. Refuses it for a disabled endpoint. */
export async function testWebhook(
  context: ActionContext,
  { endpoint_id, authority, key }: Sending,
): Promise<IdempotentOutcome<WebhookDelivery>> {
  const delivery_id = context.newId()
  return await withIdempotency(context, key, async trx => {
    assertEnabled(await lockedEndpoint(context, trx, endpoint_id, authority))
    const now = context.clock.now()
    const added = { delivery_id, endpoint_id, event_id: null, type: 'webhook.test' }
    return {
      value: { ...added, ...UNTRIED, created_at: now, next_attempt_at: now } as WebhookDelivery,
      statements: [insertWebhookDeliveries([added], now)],
    }
  })
}

function assertEnabled({ endpoint_id, disabled_reason }: WebhookEndpoint): void {
  if (disabled_reason !== null) throw new RefusedError({ type: 'state-conflict', endpoint_id, disabled_reason })
}
