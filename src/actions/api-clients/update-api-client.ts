import type { ActionContext } from '#actions/support/action-context.ts'
import { assertScopesHeld, changeableApiClient } from '#actions/support/api-clients/changeable-api-client.ts'
import { assertWithinLimits, grantLimits } from '#actions/support/api-clients/grant-limits.ts'
import { assertLifetime, defaultEnd } from '#actions/support/api-clients/client-lifetime.ts'
import { narrowedBelow } from '#actions/support/api-clients/narrowed-below.ts'
import { findApiClient, updateApiClientTerms } from '#db/api-clients/api-clients.ts'
import { insertHistory } from '#db/history/history.ts'
import { inTransaction, type Transaction } from '#db/driver/transaction.ts'
import {
  apiClientTag,
  apiClientView,
  type ApiClient,
  type ApiClientTerms,
  type ApiClientView,
} from '#domain/api-clients/api-client.ts'
import type { Caller } from '#domain/caller.ts'
import type { Grantor, GrantLimits } from '#domain/api-clients/grant.ts'
import type { Preconditions } from '#domain/precondition.ts'
import { RefusedError } from '#domain/refusal.ts'

export type ApiClientUpdate = {
  client_id: string
  /** What changes. An end of null is the usual one. */
  patch: Partial<Omit<ApiClientTerms, 'expires_at'>> & { expires_at?: string | null }
  grantor: Grantor
  preconditions: Preconditions
  caller: Caller
}

/**
 * Changes a client's terms; its keys stay, and the clients that it made stay within its ranges and end. Refuses a
 * client whose former or new scopes the caller does not have, ranges and an end beyond those of the caller or of the
 * client's maker, and a caller that would change itself.
 */
export async function updateApiClient(
  context: ActionContext,
  { client_id, patch, grantor, preconditions, caller }: ApiClientUpdate,
): Promise<ApiClientView> {
  return await inTransaction(context.database, async trx => {
    const { client, now } = await changeableApiClient(context, trx, client_id, preconditions)
    const limits = await givenLimits(context, trx, client, grantor)
    const { expires_at = client.expires_at, ...others } = patch
    const changed = { ...client, ...others, expires_at: expires_at ?? defaultEnd(limits, now) }
    assertScopesHeld(grantor.scopes, [...client.scopes, ...changed.scopes])
    if (grantor.authority.client === client_id) throw new RefusedError({ type: 'forbidden', because: 'own-terms' })
    const [before, after] = [apiClientView(client, now), apiClientView(changed, now)]
    if (apiClientTag(after) === apiClientTag(before)) return before
    if (changed.expires_at !== client.expires_at) assertLifetime(changed, now)
    for (const each of limits) assertWithinLimits(changed, each, client)
    const changes = [{ before: client, after: changed }, ...(await narrowedBelow(trx, client, changed))]
    await trx.commitWith(
      ...changes.map(({ after }) => updateApiClientTerms(after.client_id, after)),
      insertHistory(
        { ...caller, occurred_at: now },
        changes.map(change => ({
          event: 'api_client.changed',
          subject_id: change.after.client_id,
          before: apiClientView(change.before, now),
          after: apiClientView(change.after, now),
        })),
      ),
    )
    return after
  })
}

/** What a change may give: what the caller has itself, and what the client's maker has. */
async function givenLimits(
  context: ActionContext,
  trx: Transaction,
  { parent_client_id }: ApiClient,
  grantor: Grantor,
): Promise<GrantLimits[]> {
  const limits = await grantLimits(context, trx, grantor)
  const parent = parent_client_id === null ? undefined : await findApiClient(trx, parent_client_id)
  if (parent === undefined) return [limits]
  return [limits, { ip_ranges: parent.ip_ranges, ends_at: parent.expires_at, names_requester: parent.names_requester }]
}
