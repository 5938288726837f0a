import type { CredentialKind } from '#domain/vocabulary.ts'

/** Why an endpoint gets no deliveries. */
export const DISABLED_REASONS = ['by_request', 'gone', 'failing', 'client_ended'] as const
export type DisabledReason = (typeof DISABLED_REASONS)[number]

export const ENDPOINT_STATES = ['enabled', 'disabled'] as const

/** How many endpoints there may be. */
export const MOST_ENDPOINTS = 20

/** What a request says of an endpoint. `types` of null are all. */
export type EndpointTerms = {
  url: string
  types: string[] | null
  description: string | null
  include_data: boolean
}

/** A secret with which deliveries are signed, without the secret itself. */
export type WebhookSecret = { secret_id: string; created_at: string; expires_at: string | null }

export type WebhookEndpoint = EndpointTerms & {
  endpoint_id: string
  /** The client that made it, and with which credential: it sees its endpoints, and they end with it. */
  client: string
  credential: CredentialKind
  /** What the client could read when it made the endpoint. */
  scopes: string[]
  disabled_at: string | null
  disabled_reason: DisabledReason | null
  /** Since when no delivery has arrived; null while they do. */
  failing_since: string | null
  created_at: string
  updated_at: string
  /** Those that sign now. */
  secrets: WebhookSecret[]
}

/** An endpoint as it is answered: never with a secret, which the answer to its making alone shows. */
export function webhookEndpointView(endpoint: WebhookEndpoint) {
  const { endpoint_id, client, url, types, description, include_data } = endpoint
  const { disabled_at, disabled_reason, failing_since, created_at, updated_at } = endpoint
  const state: (typeof ENDPOINT_STATES)[number] = disabled_at === null ? 'enabled' : 'disabled'
  const secrets = endpoint.secrets.map(one => ({
    secret_id: one.secret_id,
    created_at: one.created_at,
    expires_at: one.expires_at,
  }))
  const terms = { endpoint_id, client_id: client, url, types, description, include_data, state }
  return { ...terms, disabled_at, disabled_reason, failing_since, secrets, created_at, updated_at }
}

export type WebhookEndpointView = ReturnType<typeof webhookEndpointView>

/** What the entity tag of an endpoint is made of: a delivery that fails or arrives changes nothing of it. */
export function taggedEndpoint({ failing_since: _since, ...others }: WebhookEndpointView): object {
  return others
}
