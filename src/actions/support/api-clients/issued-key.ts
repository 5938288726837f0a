import { randomBytes } from 'node:crypto'
import type { ActionContext } from '#actions/support/action-context.ts'
import type { IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import { apiKeyDigest, apiKeyHint, apiKeyOf, KEY_BYTES } from '#domain/api-clients/api-key.ts'
import type { ApiClientView, ApiKey } from '#domain/api-clients/api-client.ts'

/** A client with its new key. A repeated answer has null for the key: it was shown once, and is stored nowhere. */
export type IssuedKey = { client: ApiClientView; key: string | null }

export type NewKey = { secret: string; digest: string; key: Omit<ApiKey, 'expires_at'> }

/** A new key of an environment, and what the registry stores of it. It has no end yet. */
export function newKey({ newId }: ActionContext, environment: string, created_at: string): NewKey {
  const secret = apiKeyOf(environment, randomBytes(KEY_BYTES))
  const key = {
    key_id: newId(),
    hint: apiKeyHint(secret),
    created_at,
    revoked_at: null,
    last_used_at: null,
  }
  return { secret, digest: apiKeyDigest(secret), key }
}

/** The outcome with its key, which the stored outcome does not contain. */
export function shownOnce(
  { value, replayed }: IdempotentOutcome<ApiClientView>,
  secret: string,
): IdempotentOutcome<IssuedKey> {
  return { value: { client: value, key: replayed ? null : secret }, replayed }
}
