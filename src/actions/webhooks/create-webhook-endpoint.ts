import type { ActionContext } from '#actions/support/action-context.ts'
import { assertTarget } from '#actions/support/webhooks/assert-target.ts'
import { withIdempotency, type IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import { lockThings } from '#db/driver/locks.ts'
import { insertHistory } from '#db/history/history.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import { countWebhookEndpoints, insertWebhookEndpoint, insertWebhookSecret } from '#db/webhooks/webhook-endpoints.ts'
import type { Caller } from '#domain/caller.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { Rights } from '#domain/api-clients/rights.ts'
import {
  MOST_ENDPOINTS,
  webhookEndpointView,
  type EndpointTerms,
  type WebhookEndpointView,
} from '#domain/webhooks/webhook-endpoint.ts'
import { newWebhookSecret } from '#domain/webhooks/webhook-signature.ts'
import type { WebhookRules } from '#webhooks/webhook-targets.ts'

/** An endpoint, and the secret that was made for it; null where this is the first answer again. */
export type EndpointWithSecret = WebhookEndpointView & { secret: string | null }

type EndpointCreation = { terms: EndpointTerms; rights: Rights; caller: Caller; key?: IdempotencyKey | undefined }

/**
 * Makes an endpoint, which gets the events from now on (R37). Refuses a URL that must not be called, and more than
 * twenty endpoints. Only the first answer shows the secret.
 */
export async function createWebhookEndpoint(
  context: ActionContext,
  rules: WebhookRules,
  { terms, rights, caller, key }: EndpointCreation,
): Promise<IdempotentOutcome<EndpointWithSecret>> {
  await assertTarget(terms.url, rules)
  const { client, credential } = rights.authority
  const now = context.clock.now()
  const [endpoint_id, secret_id, secret] = [context.newId(), context.newId(), newWebhookSecret()]
  const outcome = await withIdempotency<WebhookEndpointView>(context, key, async trx => {
    const [, count] = await Promise.all([lockThings(trx, 'webhook-endpoints', ['count']), countWebhookEndpoints(trx)])
    if (count >= MOST_ENDPOINTS) throw new RefusedError({ type: 'state-conflict', most_endpoints: MOST_ENDPOINTS })
    const owner = { client, credential, scopes: [...rights.scopes] }
    const state = { disabled_at: null, disabled_reason: null, failing_since: null, created_at: now, updated_at: now }
    const secrets = [{ secret_id, created_at: now, expires_at: null }]
    const endpoint = { endpoint_id, ...terms, ...owner, ...state, secrets }
    const value = webhookEndpointView(endpoint)
    return {
      value,
      statements: [
        insertWebhookEndpoint(endpoint),
        insertWebhookSecret({ secret_id, endpoint_id, secret, created_at: now }),
        insertHistory({ ...caller, occurred_at: now }, [
          { event: 'webhook_endpoint.created', subject_id: endpoint_id, after: value },
        ]),
      ],
    }
  })
  return withSecret(outcome, secret)
}

/** An endpoint with its new secret, which only the first answer shows: a repeated request gets null. */
export function withSecret(
  { value, replayed }: IdempotentOutcome<WebhookEndpointView>,
  secret: string,
): IdempotentOutcome<EndpointWithSecret> {
  return { value: { ...value, secret: replayed ? null : secret }, replayed }
}
