import type { CredentialKind } from '#domain/vocabulary.ts'

/** A client, its kind of credential, and the person it acts for. With it, a job looks up the scopes that hold then. */
export type Authority = { client: string; credential: CredentialKind; on_behalf_of: string | null }

/** The scope of clients that may record other confirmations than the primary's, and need no other client (R25). */
export const OVERRIDING_SCOPE = 'requests:override'

/** Whether two are the same: one person, whatever client they use, or one client that calls for itself. */
export function isSameAuthority(one: Authority, other: Authority): boolean {
  if (one.on_behalf_of !== null || other.on_behalf_of !== null) return one.on_behalf_of === other.on_behalf_of
  return one.client === other.client
}

/** An authority with the scopes that it has at this moment. */
export type Rights = { authority: Authority; scopes: ReadonlySet<string> }
