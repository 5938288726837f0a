import type { ActionContext } from '#actions/support/action-context.ts'
import { assertHeld, changeableApiClient } from '#actions/support/changeable-api-client.ts'
import { newKey, shownOnce, type IssuedKey } from '#actions/support/issued-key.ts'
import { withIdempotency, type IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import { insertApiKey, updateApiKeyEnd } from '#db/api-clients.ts'
import { insertHistory } from '#db/history.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import { apiClientView, earlier, isUnexpired, type ApiClientView, type ApiKey } from '#domain/api-client.ts'
import type { Preconditions } from '#domain/precondition.ts'
import type { Requester } from '#domain/requester.ts'

export type ApiKeyAddition = {
  client_id: string
  /** For how many seconds the keys that work now go on, none of them longer than it would have; with 0 they are revoked. */
  overlap_seconds: number
  held: ReadonlySet<string>
  environment: string
  preconditions: Preconditions
  requester: Requester
  key?: IdempotencyKey | undefined
}

/** Gives a client another key, and lets those that it has end. Refuses a client that may do more than the caller, who would act in its place. */
export async function addApiKey(
  context: ActionContext,
  { client_id, overlap_seconds, held, environment, preconditions, requester, key }: ApiKeyAddition,
): Promise<IdempotentOutcome<IssuedKey>> {
  const added = newKey(context, environment, context.clock.now())
  const outcome = await withIdempotency<ApiClientView>(context, key, async trx => {
    const { client, now } = await changeableApiClient(context, trx, client_id, preconditions)
    assertHeld(held, client.scopes)
    const ending = client.keys
      .filter(({ revoked_at, expires_at }) => revoked_at === null && isUnexpired(now, expires_at))
      .map(former => endOf(former, overlap_seconds, now))
    const keys = [
      ...client.keys.map(former => ending.find(({ key_id }) => key_id === former.key_id) ?? former),
      { ...added.key, created_at: now },
    ]
    const view = apiClientView({ ...client, keys }, now)
    const { key_id, hint } = added.key
    return {
      value: view,
      statements: [
        ...ending.map(former => updateApiKeyEnd(former.key_id, former)),
        insertApiKey({ key_id, client_id, digest: added.digest, hint, created_at: now }),
        insertHistory({ ...requester, occurred_at: now }, [
          {
            event: 'api_client.key_added',
            subject_id: client_id,
            after: {
              key_id,
              hint,
              former_keys: ending.map(({ key_id, hint, expires_at, revoked_at }) => ({
                key_id,
                hint,
                ends_at: revoked_at ?? expires_at,
              })),
            },
          },
        ]),
      ],
    }
  })
  return shownOnce(outcome, added.secret)
}

function endOf(key: ApiKey, overlap_seconds: number, now: string): ApiKey {
  if (overlap_seconds === 0) return { ...key, revoked_at: now } // holds also where another process's clock is behind
  return {
    ...key,
    expires_at: earlier(key.expires_at, new Date(Date.parse(now) + overlap_seconds * 1000).toISOString()),
  }
}
