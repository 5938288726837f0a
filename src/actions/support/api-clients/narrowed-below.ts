import { listApiClientsBelow } from '#db/api-clients/api-clients.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import { earliest, type ApiClient } from '#domain/api-clients/api-client.ts'
import { RefusedError } from '#domain/refusal.ts'
import { areWithin, sharedRanges } from '#ip-ranges.ts'

type Narrowed = { before: ApiClient; after: ApiClient }

/**
 * What becomes of the clients that a client made, and of theirs, when its terms change: each stays within its ranges
 * and end, and names requesters where it does. Refuses ranges that would leave one of them no address.
 */
export async function narrowedBelow(trx: Transaction, client: ApiClient, changed: ApiClient): Promise<Narrowed[]> {
  const isNarrower =
    changed.expires_at < client.expires_at ||
    !areWithin(client.ip_ranges, changed.ip_ranges) ||
    (changed.names_requester && !client.names_requester)
  if (!isNarrower) return []
  const below = (await listApiClientsBelow(trx, client.client_id)).map(before => ({
    before,
    ip_ranges: sharedRanges(before.ip_ranges, changed.ip_ranges),
    expires_at: earliest(before.expires_at, changed.expires_at),
    names_requester: before.names_requester || changed.names_requester,
  }))
  const stranded = below.filter(({ ip_ranges }) => ip_ranges === undefined).map(({ before }) => before.client_id)
  if (stranded.length > 0)
    throw new RefusedError({ type: 'state-conflict', client_id: client.client_id, child_client_ids: stranded })
  return below
    .map(({ before, ip_ranges = [], ...terms }) => ({ before, after: { ...before, ip_ranges, ...terms } }))
    .filter(
      ({ before, after }) =>
        before.expires_at !== after.expires_at ||
        before.ip_ranges !== after.ip_ranges ||
        before.names_requester !== after.names_requester,
    )
}
