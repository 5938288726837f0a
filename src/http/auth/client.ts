import type { CredentialKind } from '#domain/vocabulary.ts'
import type { Scope } from '#domain/scopes.ts'

/** Who calls: as history names it (the id of an API client, for instance), what it may do, and for whom it calls where a person uses it. */
export type Client = {
  name: string
  credential: CredentialKind
  scopes: ReadonlySet<Scope>
  on_behalf_of?: string
}

/**
 * Whose credential a bearer token is, sent from an address: undefined where nobody's that may call now, from there.
 * At once where that is known; a promise where somebody has to be asked, who may be away.
 */
export type Authenticate = (token: string, ip: string) => Client | undefined | Promise<Client | undefined>
