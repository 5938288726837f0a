import { entityTag } from '#domain/entity-tag.ts'

export const API_CLIENT_STATES = ['active', 'expired', 'revoked'] as const
export type ApiClientState = (typeof API_CLIENT_STATES)[number]

/** A key without its secret. */
export type ApiKey = {
  key_id: string
  hint: string
  created_at: string
  expires_at: string
  revoked_at: string | null
  last_used_at: string | null
}

/** A client's name, scopes, ranges of addresses and end, and whether it names requesters (R25). */
export type ApiClientTerms = {
  name: string
  scopes: readonly string[]
  ip_ranges: readonly string[]
  expires_at: string
  /** Whether it has to say at whose request it changes contacts. */
  names_requester: boolean
}

/** A client with all the keys that it ever had, the oldest first. */
export type ApiClient = ApiClientTerms & {
  client_id: string
  created_at: string
  revoked_at: string | null
  /** The client that made it, within whose ranges and end it stays; null where the root credential or a token did. */
  parent_client_id: string | null
  keys: readonly ApiKey[]
}

export type ApiClientView = ReturnType<typeof apiClientView>

/**
 * A client as it is answered: with the keys that work at the moment `now`, by their ids, and the last use of any key.
 */
export function apiClientView(
  { client_id, name, scopes, ip_ranges, names_requester, expires_at, created_at, ...client }: ApiClient,
  now: string,
) {
  const { revoked_at, parent_client_id, keys } = client
  const used = keys.flatMap(({ last_used_at }) => last_used_at ?? []).toSorted()
  return {
    client_id,
    name,
    scopes,
    ip_ranges,
    names_requester,
    state: stateOf({ expires_at, revoked_at }, now),
    keys: keys
      .filter(key => revoked_at === null && stateOf(key, now) === 'active')
      .toSorted((a, b) => (a.key_id < b.key_id ? -1 : 1))
      .map(({ key_id, hint, created_at, expires_at, last_used_at }) => ({
        key_id,
        hint,
        created_at,
        expires_at,
        last_used_at,
      })),
    expires_at,
    created_at,
    revoked_at,
    parent_client_id,
    last_used_at: used.at(-1) ?? null,
  }
}

/**
 * The part of a client that its entity tag covers. Its use is no change: a client that goes on calling can be changed.
 */
export function taggedPart({ last_used_at: _used, keys, ...view }: ApiClientView): object {
  return { ...view, keys: keys.map(({ last_used_at: _keyUsed, ...key }) => key) }
}

/** The entity tag of a client: of its terms and keys, not of when a key was used. */
export function apiClientTag(view: ApiClientView): string {
  return entityTag(taggedPart(view))
}

/** The scopes that are desired and not held, in the desired order: no client grants a scope that it does not have. */
export function scopesBeyond(held: ReadonlySet<string>, desired: readonly string[]): string[] {
  return desired.filter(scope => !held.has(scope))
}

/** Whether something that ends then has not ended at the moment `now`. */
export function isUnexpired(now: string, ends_at: string): boolean {
  return now < ends_at
}

/** The earliest of several ends; null is no end. */
export function earliest(end: string, ...others: (string | null)[]): string {
  return others.reduce<string>((least, other) => (other !== null && other < least ? other : least), end)
}

/**
 * Whether a client may do at the moment `now` what needs this scope: it is not revoked, has not expired, and has the
 * scope.
 */
export function holdsScope(
  { scopes, ...ends }: Pick<ApiClient, 'scopes' | 'expires_at' | 'revoked_at'>,
  scope: string,
  now: string,
): boolean {
  return stateOf(ends, now) === 'active' && scopes.includes(scope)
}

function stateOf(
  { expires_at, revoked_at }: { expires_at: string; revoked_at: string | null },
  now: string,
): ApiClientState {
  if (revoked_at !== null) return 'revoked'
  return isUnexpired(now, expires_at) ? 'active' : 'expired'
}
