import type { ActionContext } from '#actions/support/action-context.ts'
import { findApiClient, lockApiClientTerms } from '#db/api-clients/api-clients.ts'
import type { Db } from '#db/driver/database.ts'
import { holdsScope } from '#domain/api-clients/api-client.ts'
import type { Scope } from '#domain/api-clients/scopes.ts'
import type { Authority } from '#domain/api-clients/rights.ts'

/**
 * Whether an authority still has a scope, looked up when work runs that it asked for or approved before. An API client
 * has it no longer once it is revoked, has expired or lost the scope. The registry cannot look up a person's access
 * token or the root credential: their approval stays valid. The client's rights do not change until `trx` ends.
 */
export async function holdsScopeNow(
  context: Pick<ActionContext, 'clock'>,
  trx: Db,
  authority: Authority,
  scope: Scope,
): Promise<boolean> {
  const lost = await scopesLostNow(context, trx, authority, { scopes: [scope], isLocked: true })
  return lost.length === 0
}

/**
 * Which of these scopes an authority no longer has. `isLocked`: its rights do not change until `trx` ends. Long work
 * looks at its beginning without a lock, and under it at its end, so that a change of the rights does not wait for it.
 */
export async function scopesLostNow(
  { clock }: Pick<ActionContext, 'clock'>,
  trx: Db,
  { client, credential }: Authority,
  { scopes, isLocked }: { scopes: readonly Scope[]; isLocked: boolean },
): Promise<Scope[]> {
  if (credential !== 'api_client') return []
  const terms = await (isLocked ? lockApiClientTerms : findApiClient)(trx, client)
  return scopes.filter(scope => terms === undefined || !holdsScope(terms, scope, clock.now()))
}
