import type { ActionContext } from '#actions/support/action-context.ts'
import { apiKeyFinder } from '#actions/api-clients/find-api-key.ts'
import { noteKeyUse } from '#actions/api-clients/note-key-use.ts'
import type { KnownKey } from '#db/api-clients/api-clients.ts'
import { isUnexpired } from '#domain/api-clients/api-client.ts'
import { ipRangeMatcher } from '#ip-ranges.ts'
import { isScope } from '#domain/api-clients/scopes.ts'
import type { Client } from '#http/auth/client.ts'

type Opened = { key: KnownKey; client: Client; isFrom: (ip: string) => boolean; noted: boolean }

/** The client that holds an API key, sent from an address. */
export type AuthenticateApiKey = (
  key: string,
  digest: string,
  ip: string,
) => Client | undefined | Promise<Client | undefined>

/**
 * Finds the clients of API keys. A key that has expired, was revoked, is of another environment, comes from outside its
 * client's ranges or never existed gives the same answer at the same cost: an attacker who tries keys learns nothing.
 */
export function authenticateApiKeys(
  context: Pick<ActionContext, 'database' | 'clock'>,
  environment: string,
): AuthenticateApiKey {
  const find = apiKeyFinder(context, environment, opened)
  const admitted = (found: Opened | undefined, ip: string): Client | undefined => {
    if (found === undefined || !mayCall(found, ip, context)) return undefined
    if (!found.noted) noteKeyUse(context, found.key)
    found.noted = true // until the key is read from the database again
    return found.client
  }
  return (key, digest, ip) => {
    const found = find(key, digest)
    return found instanceof Promise ? found.then(answer => admitted(answer, ip)) : admitted(found, ip)
  }
}

function opened(key: KnownKey): Opened {
  return {
    key,
    client: {
      name: key.client_id,
      credential: 'api_client',
      scopes: new Set(key.scopes.filter(isScope)),
      ends_at: key.expires_at,
      names_requester: key.names_requester,
    },
    isFrom: key.ip_ranges.length === 0 ? () => true : ipRangeMatcher(key.ip_ranges),
    noted: false,
  }
}

function mayCall(
  { key: { revoked, expires_at }, isFrom }: Opened,
  ip: string,
  { clock }: Pick<ActionContext, 'clock'>,
): boolean {
  return !revoked && isUnexpired(clock.now(), expires_at) && isFrom(ip)
}
