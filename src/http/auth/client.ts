import type { Scope } from '#domain/api-clients/scopes.ts'
import type { CredentialKind } from '#domain/vocabulary.ts'

/** The client of a request: its name as history records it, its scopes, and the person that a token names. */
export type Client = {
  name: string
  credential: CredentialKind
  scopes: ReadonlySet<Scope>
  on_behalf_of?: string
  /** Whether it has to say at whose request it changes contacts (R25). */
  names_requester: boolean
  /** When the credential ends, where that limits what the client may give to others. */
  ends_at?: string
}

/**
 * Finds the client of a bearer token that was sent from an address; undefined where the token is not valid now or from
 * there. Answers at once where it can, else with a promise. The promise is rejected while the database or the identity
 * provider cannot be asked.
 */
export type Authenticate = (token: string, ip: string) => Client | undefined | Promise<Client | undefined>
