import type { CredentialKind, DisclosureFormat, DisclosureState, Purpose } from '#domain/vocabulary.ts'

/**
 * A list of people that leaves the registry (R31): who takes it, under which request, and for what. The filter holds
 * ids and words of the contract, never a name or an address.
 */
export type Disclosure = {
  disclosure_id: string
  taken_at: string
  client: string
  credential: CredentialKind
  /** The person of an access token, by the opaque id that the identity provider gives. */
  on_behalf_of: string | null
  operation: string
  format: DisclosureFormat
  /** Null where the list demands none. */
  purpose: Purpose | null
  filter: Record<string, unknown>
  request_id: string
}

/** A disclosure, and how it ended. A file that is being read, or whose process died, has neither end nor rows. */
export type DisclosureRecord = Disclosure & { ended_at: string | null; rows: number | null; state: DisclosureState }
