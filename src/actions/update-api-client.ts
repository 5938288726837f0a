import type { ActionContext } from '#actions/support/action-context.ts'
import { assertHeld, assertToCome, changeableApiClient } from '#actions/support/changeable-api-client.ts'
import { updateApiClientTerms } from '#db/api-clients.ts'
import { insertHistory } from '#db/history.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import {
  apiClientTag,
  apiClientView,
  recordedTerms,
  type ApiClientTerms,
  type ApiClientView,
} from '#domain/api-client.ts'
import type { Preconditions } from '#domain/precondition.ts'
import type { Caller } from '#domain/caller.ts'

export type ApiClientUpdate = {
  client_id: string
  patch: Partial<ApiClientTerms>
  held: ReadonlySet<string>
  preconditions: Preconditions
  caller: Caller
}

/** Changes a client's terms; its keys stay. Refuses a client whose former or new scopes the caller does not have. */
export async function updateApiClient(
  context: ActionContext,
  { client_id, patch, held, preconditions, caller }: ApiClientUpdate,
): Promise<ApiClientView> {
  return await inTransaction(context.database, async trx => {
    const { client, now } = await changeableApiClient(context, trx, client_id, preconditions)
    const changed = { ...client, ...patch }
    assertHeld(held, [...client.scopes, ...changed.scopes])
    const [before, after] = [apiClientView(client, now), apiClientView(changed, now)]
    if (apiClientTag(after) === apiClientTag(before)) return before
    if (changed.expires_at !== client.expires_at) assertToCome(changed, now)
    await trx.commitWith(
      updateApiClientTerms(client_id, changed),
      insertHistory({ ...caller, occurred_at: now }, [
        {
          event: 'api_client.changed',
          subject_id: client_id,
          before: recordedTerms(client),
          after: recordedTerms(changed),
        },
      ]),
    )
    return after
  })
}
