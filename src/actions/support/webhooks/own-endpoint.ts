import type { ActionContext } from '#actions/support/action-context.ts'
import type { Db } from '#db/driver/database.ts'
import { findWebhookEndpoint, lockWebhookEndpoint } from '#db/webhooks/webhook-endpoints.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { Authority } from '#domain/api-clients/rights.ts'
import type { WebhookEndpoint } from '#domain/webhooks/webhook-endpoint.ts'

/** Whose endpoints a client sees: its own; with the root credential, those of all. */
export function ownerSeen({ client, credential }: Authority): string | null {
  return credential === 'root' ? null : client
}

/** An endpoint that a client sees. */
export async function ownEndpoint(
  { clock }: Pick<ActionContext, 'clock'>,
  db: Db,
  endpoint_id: string,
  authority: Authority,
): Promise<WebhookEndpoint> {
  const endpoint = await findWebhookEndpoint(db, endpoint_id, ownerSeen(authority), clock.now())
  if (endpoint === undefined) throw new RefusedError({ type: 'not-found', resource: 'webhook_endpoint' })
  return endpoint
}

/** An endpoint that a client sees, locked against other changes until `trx` ends. */
export async function lockedEndpoint(
  context: Pick<ActionContext, 'clock'>,
  trx: Db,
  endpoint_id: string,
  authority: Authority,
): Promise<WebhookEndpoint> {
  const [, endpoint] = await Promise.all([
    lockWebhookEndpoint(trx, endpoint_id),
    ownEndpoint(context, trx, endpoint_id, authority),
  ])
  return endpoint
}
