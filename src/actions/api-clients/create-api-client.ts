import type { ActionContext } from '#actions/support/action-context.ts'
import { assertScopesHeld, lockApiClients } from '#actions/support/api-clients/changeable-api-client.ts'
import { assertWithinLimits, grantLimits } from '#actions/support/api-clients/grant-limits.ts'
import { assertLifetime, defaultEnd } from '#actions/support/api-clients/client-lifetime.ts'
import { newKey, shownOnce, type IssuedKey } from '#actions/support/api-clients/issued-key.ts'
import { withIdempotency, type IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import { insertApiClient, insertApiKey } from '#db/api-clients/api-clients.ts'
import { insertHistory } from '#db/history/history.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import { apiClientView, type ApiClientTerms, type ApiClientView } from '#domain/api-clients/api-client.ts'
import type { Caller } from '#domain/caller.ts'
import type { Grantor, GrantLimits } from '#domain/api-clients/grant.ts'

/** The terms that a request names. Without ranges the client gets those of its maker, without an end the usual one. */
export type NamedTerms = Pick<ApiClientTerms, 'name' | 'scopes'> & {
  ip_ranges: readonly string[] | null
  expires_at: string | null
  /** Null where the request does not say: then as the client's maker, or as the preset does. */
  names_requester: boolean | null
  preset_names_requester: boolean
}

export type ApiClientCreation = {
  terms: NamedTerms
  grantor: Grantor
  environment: string
  caller: Caller
  key?: IdempotencyKey | undefined
}

/**
 * Creates a client with its first key. Refuses scopes, ranges and an end beyond those of the caller, and an end that
 * has passed or is more than 366 days away. A repeat gets the first answer again, also after that end.
 */
export async function createApiClient(
  context: ActionContext,
  { terms, grantor, environment, caller, key }: ApiClientCreation,
): Promise<IdempotentOutcome<IssuedKey>> {
  const now = context.clock.now()
  const created = newKey(context, environment, now)
  const client_id = context.newId()
  const outcome = await withIdempotency<ApiClientView>(context, key, async trx => {
    await lockApiClients(trx)
    const limits = await grantLimits(context, trx, grantor)
    assertScopesHeld(grantor.scopes, terms.scopes)
    const { client: maker, credential } = grantor.authority
    const parent_client_id = credential === 'api_client' ? maker : null
    const client = { ...termsWithin(terms, limits, now), client_id, created_at: now, parent_client_id }
    const key = { ...created.key, expires_at: limits.ends_at }
    const view = apiClientView({ ...client, revoked_at: null, keys: [key] }, now)
    const { key_id, hint, expires_at } = key
    return {
      value: view,
      statements: [
        insertApiClient(client),
        insertApiKey({ key_id, client_id, digest: created.digest, hint, created_at: now, expires_at }),
        insertHistory({ ...caller, occurred_at: now }, [
          {
            event: 'api_client.created',
            subject_id: client_id,
            after: { ...view, key_id, hint },
          },
        ]),
      ],
    }
  })
  return shownOnce(outcome, created.secret)
}

function termsWithin(
  { ip_ranges, expires_at, names_requester, preset_names_requester, ...terms }: NamedTerms,
  limits: GrantLimits,
  now: string,
): ApiClientTerms {
  const within = {
    ...terms,
    ip_ranges: ip_ranges ?? limits.ip_ranges,
    expires_at: expires_at ?? defaultEnd([limits], now),
    names_requester: names_requester ?? (limits.names_requester || preset_names_requester),
  }
  assertLifetime(within, now)
  assertWithinLimits(within, limits)
  return within
}
