import type { ActionContext } from '#actions/support/action-context.ts'
import { lockApiClientTerms } from '#db/api-clients.ts'
import type { Db } from '#db/driver/database.ts'
import { holdsScope } from '#domain/api-client.ts'
import type { Authority } from '#domain/rights.ts'

/**
 * Whether an authority still may do what needs a scope, looked up when work runs that it asked for or approved before.
 * An API client may not once it is revoked, has expired or lost the scope. A person's access token and the root
 * credential cannot be looked up: what they approved stands. Until the transaction ends, the client's rights stay.
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
