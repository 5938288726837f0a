import type { ActionContext } from '#actions/support/action-context.ts'
import { changeableApiClient } from '#actions/support/api-clients/changeable-api-client.ts'
import { listApiClientsBelow, updateApiClientParent, updateApiClientRevoked } from '#db/api-clients/api-clients.ts'
import { insertHistory } from '#db/history/history.ts'
import type { Statement } from '#db/driver/statement.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import { apiClientView, type ApiClient } from '#domain/api-clients/api-client.ts'
import type { Caller, Change } from '#domain/caller.ts'
import type { Preconditions } from '#domain/precondition.ts'
import { RefusedError } from '#domain/refusal.ts'

/** What becomes of the clients that a revoked client made. */
export const CHILDREN_OF_REVOKED = ['revoke', 'adopt'] as const

export type ApiClientRevocation = {
  client_id: string
  children?: (typeof CHILDREN_OF_REVOKED)[number] | undefined
  preconditions: Preconditions
  caller: Caller
}

/**
 * Revokes a client for good, with all its keys. The clients that it made are revoked too, or adopted by the client that
 * made it; refuses to revoke one that made others without a word about them. A caller who manages clients may revoke
 * any client, also one with scopes that the caller does not have: the caller gains none by it.
 */
export async function revokeApiClient(
  context: ActionContext,
  { client_id, children, preconditions, caller }: ApiClientRevocation,
): Promise<void> {
  await inTransaction(context.database, async trx => {
    const { client, now } = await changeableApiClient(context, trx, client_id, preconditions)
    const below = await listApiClientsBelow(trx, client_id)
    const own = below.filter(({ parent_client_id }) => parent_client_id === client_id)
    if (own.length > 0 && children === undefined)
      throw new RefusedError({
        type: 'state-conflict',
        client_id,
        child_client_ids: own.map(child => child.client_id),
      })
    const change = { ...caller, occurred_at: now }
    await trx.commitWith(
      ...revoked(children === 'revoke' ? [client, ...below] : [client], change),
      ...(children === 'adopt' ? adopted(own, client.parent_client_id, change) : []),
    )
  })
}

function revoked(clients: readonly ApiClient[], change: Change): Statement<unknown>[] {
  return [
    ...clients.map(({ client_id }) => updateApiClientRevoked(client_id, change.occurred_at)),
    insertHistory(
      change,
      clients.map(client => ({
        event: 'api_client.revoked',
        subject_id: client.client_id,
        before: apiClientView(client, change.occurred_at),
        after: apiClientView({ ...client, revoked_at: change.occurred_at }, change.occurred_at),
      })),
    ),
  ]
}

/** The maker of a revoked client has all that the client could give, so its children stay within their new parent. */
function adopted(
  children: readonly ApiClient[],
  parent_client_id: string | null,
  change: Change,
): Statement<unknown>[] {
  if (children.length === 0) return []
  return [
    ...children.map(({ client_id }) => updateApiClientParent(client_id, parent_client_id)),
    insertHistory(
      change,
      children.map(child => ({
        event: 'api_client.changed',
        subject_id: child.client_id,
        before: apiClientView(child, change.occurred_at),
        after: apiClientView({ ...child, parent_client_id }, change.occurred_at),
      })),
    ),
  ]
}
