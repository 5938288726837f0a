import type { CredentialKind } from '#domain/vocabulary.ts'

/** Who acts, by which kind of credential, and for which person: with it, a job looks up what the caller may do then. */
export type Authority = { client: string; credential: CredentialKind; on_behalf_of: string | null }

/** An authority with the scopes that it has at this moment. */
export type Rights = { authority: Authority; scopes: ReadonlySet<string> }
