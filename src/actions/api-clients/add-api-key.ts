import type { ActionContext } from '#actions/support/action-context.ts'
import { assertScopesHeld, changeableApiClient } from '#actions/support/api-clients/changeable-api-client.ts'
import { newKey, shownOnce, type IssuedKey } from '#actions/support/api-clients/issued-key.ts'
import { withIdempotency, type IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import { grantLimits } from '#actions/support/api-clients/grant-limits.ts'
import { insertApiKey, updateApiKeyEnd } from '#db/api-clients/api-clients.ts'
import { insertHistory } from '#db/history/history.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import {
  apiClientView,
  earliest,
  isUnexpired,
  type ApiClientView,
  type ApiKey,
} from '#domain/api-clients/api-client.ts'
import type { Grantor } from '#domain/api-clients/grant.ts'
import type { Preconditions } from '#domain/precondition.ts'
import type { Caller } from '#domain/caller.ts'
import { RefusedError } from '#domain/refusal.ts'
import { areWithin } from '#ip-ranges.ts'

export type ApiKeyAddition = {
  client_id: string
  /** The present keys work for so many seconds more, and never beyond their own end; 0 revokes them. */
  overlap_seconds: number
  grantor: Grantor
  environment: string
  preconditions: Preconditions
  caller: Caller
  key?: IdempotencyKey | undefined
}

/**
 * Adds a key to a client, and ends its present keys. Refuses a client with scopes or ranges that the caller does not
 * have: with the new key the caller could use them. The key ends with the caller's own credential at the latest.
 */
export async function addApiKey(
  context: ActionContext,
  { client_id, overlap_seconds, grantor, environment, preconditions, caller, key }: ApiKeyAddition,
): Promise<IdempotentOutcome<IssuedKey>> {
  const added = newKey(context, environment, context.clock.now())
  const outcome = await withIdempotency<ApiClientView>(context, key, async trx => {
    const { client, now } = await changeableApiClient(context, trx, client_id, preconditions)
    const { ip_ranges, ends_at } = await grantLimits(context, trx, grantor)
    assertScopesHeld(grantor.scopes, client.scopes)
    if (!areWithin(client.ip_ranges, ip_ranges)) throw new RefusedError({ type: 'forbidden', because: 'beyond-ranges' })
    const ending = endedKeys(client.keys, overlap_seconds, now)
    const kept = client.keys.map(former => ending.find(({ key_id }) => key_id === former.key_id) ?? former)
    const issued = { ...added.key, created_at: now, expires_at: ends_at }
    const view = apiClientView({ ...client, keys: [...kept, issued] }, now)
    const { key_id, hint } = issued
    return {
      value: view,
      statements: [
        ...ending.map(former => updateApiKeyEnd(former.key_id, former)),
        insertApiKey({ key_id, client_id, digest: added.digest, hint, created_at: now, expires_at: ends_at }),
        insertHistory({ ...caller, occurred_at: now }, [
          {
            event: 'api_client.key_added',
            subject_id: client_id,
            before: apiClientView(client, now),
            after: { ...view, key_id, hint, former_keys: ending.map(formerKey) },
          },
        ]),
      ],
    }
  })
  return shownOnce(outcome, added.secret)
}

function formerKey({ key_id, hint, expires_at, revoked_at }: ApiKey) {
  return { key_id, hint, ends_at: revoked_at ?? expires_at }
}

/** The keys that work at the moment `now`, each with its end. */
function endedKeys(keys: readonly ApiKey[], overlap_seconds: number, now: string): ApiKey[] {
  return keys
    .filter(({ revoked_at, expires_at }) => revoked_at === null && isUnexpired(now, expires_at))
    .map(key => endOf(key, overlap_seconds, now))
}

function endOf(key: ApiKey, overlap_seconds: number, now: string): ApiKey {
  if (overlap_seconds === 0) return { ...key, revoked_at: now } // holds also where another process's clock is behind
  return {
    ...key,
    expires_at: earliest(key.expires_at, new Date(Date.parse(now) + overlap_seconds * 1000).toISOString()),
  }
}
