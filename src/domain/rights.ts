import type { CredentialKind } from '#domain/vocabulary.ts'

/** A client, its kind of credential, and the person it acts for. With it, a job looks up the scopes that hold then. */
export type Authority = { client: string; credential: CredentialKind; on_behalf_of: string | null }

/** An authority with the scopes that it has at this moment. */
export type Rights = { authority: Authority; scopes: ReadonlySet<string> }
