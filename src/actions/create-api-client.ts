import type { ActionContext } from '#actions/support/action-context.ts'
import { assertHeld, assertToCome } from '#actions/support/changeable-api-client.ts'
import { newKey, shownOnce, type IssuedKey } from '#actions/support/issued-key.ts'
import { withIdempotency, type IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import { insertApiClient, insertApiKey } from '#db/api-clients.ts'
import { insertHistory } from '#db/history.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import { apiClientView, recordedTerms, type ApiClientTerms, type ApiClientView } from '#domain/api-client.ts'
import type { Caller } from '#domain/caller.ts'

export type ApiClientCreation = {
  terms: ApiClientTerms
  /** The scopes of the caller. */
  held: ReadonlySet<string>
  environment: string
  caller: Caller
  key?: IdempotencyKey | undefined
}

/**
 * Creates a client with its first key. Refuses scopes that the caller does not have, and an end that has passed. A
 * repeat gets the first answer again, also after that end.
 */
export async function createApiClient(
  context: ActionContext,
  { terms, held, environment, caller, key }: ApiClientCreation,
): Promise<IdempotentOutcome<IssuedKey>> {
  const now = context.clock.now()
  const created = newKey(context, environment, now)
  const client = { client_id: context.newId(), ...terms, created_at: now }
  const outcome = await withIdempotency<ApiClientView>(context, key, async () => {
    assertHeld(held, terms.scopes)
    assertToCome(terms, now)
    const view = apiClientView({ ...client, revoked_at: null, keys: [created.key] }, now)
    const { key_id, hint } = created.key
    return {
      value: view,
      statements: [
        insertApiClient(client),
        insertApiKey({ key_id, client_id: client.client_id, digest: created.digest, hint, created_at: now }),
        insertHistory({ ...caller, occurred_at: now }, [
          {
            event: 'api_client.created',
            subject_id: client.client_id,
            after: { ...recordedTerms(client), key_id, hint },
          },
        ]),
      ],
    }
  })
  return shownOnce(outcome, created.secret)
}
