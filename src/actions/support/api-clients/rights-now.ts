import type { ActionContext } from '#actions/support/action-context.ts'
import { lockApiClientTerms } from '#db/api-clients/api-clients.ts'
import type { Db } from '#db/driver/database.ts'
import { holdsScope } from '#domain/api-clients/api-client.ts'
import type { Authority } from '#domain/api-clients/rights.ts'

/**
 * Whether an authority still has a scope, looked up when work runs that it asked for or approved before. An API client
 * has it no longer once it is revoked, has expired or lost the scope. The registry cannot look up a person's access
 * token or the root credential: their approval stays valid. The client's rights do not change until `trx` ends.
 */
export async function holdsScopeNow(
  { clock }: Pick<ActionContext, 'clock'>,
  trx: Db,
  { client, credential }: Authority,
  scope: string,
): Promise<boolean> {
  if (credential !== 'api_client') return true
  const terms = await lockApiClientTerms(trx, client)
  return terms !== undefined && holdsScope(terms, scope, clock.now())
}
