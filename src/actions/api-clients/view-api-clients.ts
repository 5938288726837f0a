import type { ActionContext } from '#actions/support/action-context.ts'
import { listApiClients } from '#db/api-clients/api-clients.ts'
import { apiClientView, type ApiClientState, type ApiClientView } from '#domain/api-clients/api-client.ts'

/** A page of API clients, in the state that each has at one moment. */
export async function viewApiClients(
  { database, clock }: ActionContext,
  filter: { state?: ApiClientState },
  page: { after: string; limit: number },
): Promise<ApiClientView[]> {
  const now = clock.now()
  return (await listApiClients(database, filter, now, page)).map(client => apiClientView(client, now))
}
