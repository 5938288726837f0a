import type { ActionContext } from '#actions/support/action-context.ts'
import { changeableApiClient } from '#actions/support/changeable-api-client.ts'
import { updateApiClientRevoked } from '#db/api-clients.ts'
import { insertHistory } from '#db/history.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import { recordedTerms } from '#domain/api-client.ts'
import type { Preconditions } from '#domain/precondition.ts'
import type { Caller } from '#domain/caller.ts'

export type ApiClientRevocation = { client_id: string; preconditions: Preconditions; caller: Caller }

/**
 * Revokes a client for good, with all its keys. A caller who manages clients may revoke any client, also one with
 * scopes that the caller does not have: the caller gains none by it.
 */
export async function revokeApiClient(
  context: ActionContext,
  { client_id, preconditions, caller }: ApiClientRevocation,
): Promise<void> {
  await inTransaction(context.database, async trx => {
    const { client, now } = await changeableApiClient(context, trx, client_id, preconditions)
    await trx.commitWith(
      updateApiClientRevoked(client_id, now),
      insertHistory({ ...caller, occurred_at: now }, [
        { event: 'api_client.revoked', subject_id: client_id, before: recordedTerms(client) },
      ]),
    )
  })
}
