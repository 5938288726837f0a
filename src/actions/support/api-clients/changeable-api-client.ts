import type { ActionContext } from '#actions/support/action-context.ts'
import { findApiClient, lockApiClient } from '#db/api-clients/api-clients.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import { lockThings } from '#db/driver/locks.ts'
import { apiClientTag, apiClientView, scopesBeyond, type ApiClient } from '#domain/api-clients/api-client.ts'
import { assertPreconditions, type Preconditions } from '#domain/precondition.ts'
import { RefusedError } from '#domain/refusal.ts'

/** Lets one transaction at a time create, change or revoke clients: a change of one may change those that it made. */
export async function lockApiClients(trx: Transaction): Promise<void> {
  await lockThings(trx, 'api-clients', ['all'])
}

/** A client, locked for a change. Refuses an unknown or revoked client, and preconditions that do not hold. */
export async function changeableApiClient(
  { clock }: ActionContext,
  trx: Transaction,
  client_id: string,
  preconditions: Preconditions,
): Promise<{ client: ApiClient; now: string }> {
  const [, , client] = await Promise.all([
    lockApiClients(trx),
    lockApiClient(trx, client_id),
    findApiClient(trx, client_id),
  ])
  const now = clock.now() // under the lock, so that changes are recorded in their order
  if (client === undefined) throw new RefusedError({ type: 'not-found', resource: 'api_client' })
  if (client.revoked_at !== null) throw new RefusedError({ type: 'not-found', resource: 'api_client', removed: true })
  assertPreconditions(preconditions, apiClientTag(apiClientView(client, now)))
  return { client, now }
}

/** Refuses to grant scopes that the caller does not have: in a client's terms, or with a key of that client. */
export function assertScopesHeld(held: ReadonlySet<string>, scopes: readonly string[]): void {
  const [required_scope] = scopesBeyond(held, scopes)
  if (required_scope !== undefined) throw new RefusedError({ type: 'forbidden', required_scope, to_grant: true })
}
