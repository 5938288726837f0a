import type { ActionContext } from '#actions/support/action-context.ts'
import { lockApiClients } from '#actions/support/api-clients/changeable-api-client.ts'
import { findApiClient } from '#db/api-clients/api-clients.ts'
import { inTransaction, type Transaction } from '#db/driver/transaction.ts'
import { findExpiries, lockExpiries, updateExpiries, type Expiries } from '#db/expiries.ts'
import { insertHistory, type HistoryEntry } from '#db/history/history.ts'
import { findWebhookEndpoint, lockWebhookEndpoint } from '#db/webhooks/webhook-endpoints.ts'
import { expiredSteps } from '#domain/api-clients/expired-steps.ts'
import type { Caller } from '#domain/caller.ts'
import { webhookEndpointView } from '#domain/webhooks/webhook-endpoint.ts'

/**
 * R37: records that clients, keys of clients and secrets of webhook endpoints have ended by themselves, as answers show
 * from that moment on. May run again, and in several processes at once: what is recorded is not recorded again.
 */
export async function recordExpiries({ database, clock }: ActionContext, caller: Caller): Promise<void> {
  if (isEmpty(await findExpiries(database, clock.now()))) return
  await inTransaction(database, async trx => {
    const [, locked] = await Promise.all([lockApiClients(trx), lockExpiries(trx)])
    const now = clock.now()
    const ended = await findExpiries(trx, now)
    if (ended === undefined || locked === undefined) throw new Error('one row says what is recorded')
    const time = { since: locked.recorded_until, now }
    const entries: HistoryEntry[] = []
    for (const client_id of ended.client_ids) entries.push(...(await clientEntries(trx, client_id, time)))
    for (const endpoint of ended.endpoints) entries.push(...(await endpointEntries(trx, endpoint, now)))
    await trx.commitWith(
      updateExpiries(now),
      ...(entries.length === 0 ? [] : [insertHistory({ ...caller, occurred_at: now }, entries)]),
    )
  })
}

function isEmpty(ended: Expiries | undefined): boolean {
  return ended?.client_ids.length === 0 && ended.endpoints.length === 0
}

async function clientEntries(
  trx: Transaction,
  client_id: string,
  time: { since: string; now: string },
): Promise<HistoryEntry[]> {
  const client = await findApiClient(trx, client_id)
  if (client === undefined) return []
  return expiredSteps(client, time).map(({ key, before, after }) => ({
    event: key === null ? 'api_client.expired' : 'api_client.key_expired',
    subject_id: client_id,
    before: key === null ? before : { ...before, key_id: key.key_id, hint: key.hint },
    after,
  }))
}

async function endpointEntries(
  trx: Transaction,
  { endpoint_id, secrets }: Expiries['endpoints'][number],
  now: string,
): Promise<HistoryEntry[]> {
  const [, endpoint] = await Promise.all([
    lockWebhookEndpoint(trx, endpoint_id),
    findWebhookEndpoint(trx, endpoint_id, null, now),
  ])
  if (endpoint === undefined) return []
  const all = [...secrets, ...endpoint.secrets].toSorted((a, b) => (a.secret_id < b.secret_id ? -1 : 1))
  const before = webhookEndpointView({ ...endpoint, secrets: all })
  const after = webhookEndpointView(endpoint)
  return [{ event: 'webhook_endpoint.secret_expired', subject_id: endpoint_id, before, after }]
}
