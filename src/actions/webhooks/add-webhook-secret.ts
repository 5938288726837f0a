import { withSecret, type EndpointWithSecret } from '#actions/webhooks/create-webhook-endpoint.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { lockedEndpoint } from '#actions/support/webhooks/own-endpoint.ts'
import { withIdempotency, type IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import { insertHistory } from '#db/history/history.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import { insertWebhookSecret, updateWebhookSecretsEnd } from '#db/webhooks/webhook-endpoints.ts'
import type { Caller } from '#domain/caller.ts'
import { entityTag } from '#domain/entity-tag.ts'
import { assertPreconditions, type Preconditions } from '#domain/precondition.ts'
import type { Authority } from '#domain/api-clients/rights.ts'
import { taggedEndpoint, webhookEndpointView, type WebhookEndpointView } from '#domain/webhooks/webhook-endpoint.ts'
import { newWebhookSecret } from '#domain/webhooks/webhook-signature.ts'

type SecretAddition = {
  endpoint_id: string
  /** The present secrets sign for so many seconds more; 0 ends them at once. */
  overlap_seconds: number
  authority: Authority
  preconditions: Preconditions
  caller: Caller
  key?: IdempotencyKey | undefined
}

/** Gives an endpoint another secret. Until the former ones end, deliveries have a signature of each. */
export async function addWebhookSecret(
  context: ActionContext,
  { endpoint_id, overlap_seconds, authority, preconditions, caller, key }: SecretAddition,
): Promise<IdempotentOutcome<EndpointWithSecret>> {
  const [secret_id, secret] = [context.newId(), newWebhookSecret()]
  const outcome = await withIdempotency<WebhookEndpointView>(context, key, async trx => {
    const endpoint = await lockedEndpoint(context, trx, endpoint_id, authority)
    const before = webhookEndpointView(endpoint)
    assertPreconditions(preconditions, entityTag(taggedEndpoint(before)))
    const now = context.clock.now()
    const ends = new Date(Date.parse(now) + overlap_seconds * 1000).toISOString()
    const former = endpoint.secrets
      .map(one => ({ ...one, expires_at: one.expires_at !== null && one.expires_at < ends ? one.expires_at : ends }))
      .filter(({ expires_at }) => expires_at > now)
    const secrets = [...former, { secret_id, created_at: now, expires_at: null }]
    const value = webhookEndpointView({ ...endpoint, secrets })
    return {
      value,
      statements: [
        updateWebhookSecretsEnd(endpoint_id, ends),
        insertWebhookSecret({ secret_id, endpoint_id, secret, created_at: now }),
        insertHistory({ ...caller, occurred_at: now }, [
          { event: 'webhook_endpoint.secret_added', subject_id: endpoint_id, before, after: value },
        ]),
      ],
    }
  })
  return withSecret(outcome, secret)
}
