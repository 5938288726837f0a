import type { ActionContext } from '#actions/support/action-context.ts'
import { assertTarget } from '#actions/support/webhooks/assert-target.ts'
import { lockedEndpoint } from '#actions/support/webhooks/own-endpoint.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import { insertHistory } from '#db/history/history.ts'
import { updateDeliveriesCancelled } from '#db/webhooks/webhook-deliveries.ts'
import { deleteWebhookEndpoint, updateEndpointRenewed, updateWebhookEndpoint } from '#db/webhooks/webhook-endpoints.ts'
import type { Caller } from '#domain/caller.ts'
import { entityTag } from '#domain/entity-tag.ts'
import { assertPreconditions, type Preconditions } from '#domain/precondition.ts'
import type { Authority, Rights } from '#domain/api-clients/rights.ts'
import {
  taggedEndpoint,
  webhookEndpointView,
  type EndpointTerms,
  type WebhookEndpoint,
  type WebhookEndpointView,
} from '#domain/webhooks/webhook-endpoint.ts'
import type { WebhookRules } from '#webhooks/webhook-targets.ts'

type Concerning = { endpoint_id: string; preconditions: Preconditions; caller: Caller }
type EndpointWriting = Concerning & { rights: Rights }
type EndpointChange = Concerning & { authority: Authority }

export type EndpointPatch = Partial<EndpointTerms> & { state?: 'enabled' | 'disabled' }

/**
 * Changes an endpoint. One that is disabled loses the deliveries that are not over; one that is enabled again gets the
 * events from then on: those of meanwhile are in the feed.
 */
export async function changeWebhookEndpoint(
  context: ActionContext,
  rules: WebhookRules,
  { endpoint_id, rights, preconditions, caller, patch }: EndpointWriting & { patch: EndpointPatch },
): Promise<WebhookEndpointView> {
  if (patch.url !== undefined) await assertTarget(patch.url, rules)
  return await inTransaction(context.database, async trx => {
    const endpoint = await lockedEndpoint(context, trx, endpoint_id, rights.authority)
    const before = webhookEndpointView(endpoint)
    assertPreconditions(preconditions, entityTag(taggedEndpoint(before)))
    const now = context.clock.now()
    const renewal = renewalOf(endpoint, rights, now)
    const changed = patched(endpoint, patch, now)
    const after = webhookEndpointView({ ...changed, updated_at: now })
    if (entityTag({ ...after, updated_at: before.updated_at }) === entityTag(before)) {
      await trx.commitWith(...renewal)
      return before
    }
    const isEnabledAgain = before.state === 'disabled' && after.state === 'enabled'
    await trx.commitWith(
      ...renewal,
      updateWebhookEndpoint({ ...changed, updated_at: now }, isEnabledAgain),
      ...(after.state === 'disabled' ? [updateDeliveriesCancelled(endpoint_id)] : []),
      insertHistory({ ...caller, occurred_at: now }, [
        {
          event: 'webhook_endpoint.changed',
          subject_id: endpoint_id,
          before,
          after,
        },
      ]),
    )
    return after
  })
}

/**
 * What the registry knows of a client of the identity provider is the token that it shows: with each change of its
 * endpoint, the scopes of then, and that it still may have one.
 */
function renewalOf({ endpoint_id, client, credential }: WebhookEndpoint, rights: Rights, now: string) {
  const isOwn = rights.authority.client === client && rights.authority.credential === credential
  return credential === 'access_token' && isOwn ? [updateEndpointRenewed(endpoint_id, [...rights.scopes], now)] : []
}

function patched(endpoint: WebhookEndpoint, { state, ...terms }: EndpointPatch, now: string): WebhookEndpoint {
  const changed = { ...endpoint, ...terms }
  const isDisabled = endpoint.disabled_at !== null
  if (state === 'enabled' && isDisabled)
    return { ...changed, disabled_at: null, disabled_reason: null, failing_since: null }
  if (state === 'disabled' && !isDisabled) return { ...changed, disabled_at: now, disabled_reason: 'by_request' }
  return changed
}

/** Deletes an endpoint with its secrets and its deliveries. */
export async function removeWebhookEndpoint(
  context: ActionContext,
  { endpoint_id, authority, preconditions, caller }: EndpointChange,
): Promise<void> {
  await inTransaction(context.database, async trx => {
    const before = webhookEndpointView(await lockedEndpoint(context, trx, endpoint_id, authority))
    assertPreconditions(preconditions, entityTag(taggedEndpoint(before)))
    await trx.commitWith(
      deleteWebhookEndpoint(endpoint_id),
      insertHistory({ ...caller, occurred_at: context.clock.now() }, [
        { event: 'webhook_endpoint.deleted', subject_id: endpoint_id, before },
      ]),
    )
  })
}
