import type { ActionContext } from '#actions/support/action-context.ts'
import { changeableApiClient } from '#actions/support/api-clients/changeable-api-client.ts'
import { updateApiKeyEnd } from '#db/api-clients/api-clients.ts'
import { insertHistory } from '#db/history/history.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import { apiClientView } from '#domain/api-clients/api-client.ts'
import type { Preconditions } from '#domain/precondition.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { Caller } from '#domain/caller.ts'

export type ApiKeyRevocation = { client_id: string; key_id: string; preconditions: Preconditions; caller: Caller }

/** Revokes one key of a client; its other keys still work. Refuses a key that no longer works. */
export async function revokeApiKey(
  context: ActionContext,
  { client_id, key_id, preconditions, caller }: ApiKeyRevocation,
): Promise<void> {
  await inTransaction(context.database, async trx => {
    const { client, now } = await changeableApiClient(context, trx, client_id, preconditions)
    const before = apiClientView(client, now)
    const key = before.keys.find(key => key.key_id === key_id)
    if (key === undefined) throw new RefusedError({ type: 'not-found', resource: 'api_key' })
    const keys = client.keys.map(each => (each.key_id === key_id ? { ...each, revoked_at: now } : each))
    const after = apiClientView({ ...client, keys }, now)
    await trx.commitWith(
      updateApiKeyEnd(key_id, { expires_at: key.expires_at, revoked_at: now }),
      insertHistory({ ...caller, occurred_at: now }, [
        {
          event: 'api_client.key_revoked',
          subject_id: client_id,
          before: { ...before, key_id, hint: key.hint },
          after,
        },
      ]),
    )
  })
}
