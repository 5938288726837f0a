import type { DatabaseOutage } from '#db/driver/sqlstates.ts'
import type { Refusal } from '#domain/refusal.ts'
import type { Scope } from '#domain/api-clients/scopes.ts'
import type { FieldError } from '#http/problems/field-errors.ts'

/** The policies that requests are counted under, as `RateLimit-Policy` and `violated-policies` name them. */
export type RatePolicy = 'default' | 'anonymous' | 'failures' | 'confirmations'

/** Why the service cannot answer now. */
export type OutageReason = DatabaseOutage | 'token-keys-away' | 'overloaded' | 'large-bodies' | 'stopping'

/** A request that the HTTP layer itself refuses, with the facts that its answer needs. */
export type HttpFacts =
  | { type: 'invalid-request'; errors: readonly FieldError[] }
  | { type: 'unauthenticated' }
  | { type: 'forbidden'; required_scope: Scope; to_grant?: never }
  | { type: 'not-found'; resource: 'path' | 'problem' }
  | { type: 'cursor-expired' }
  | { type: 'method-not-allowed'; allow: readonly string[] }
  | { type: 'not-acceptable'; media_types: readonly string[] }
  | { type: 'request-timeout' }
  | { type: 'payload-too-large'; limit_bytes: number }
  | { type: 'unsupported-media-type'; media_types: readonly string[] }
  | { type: 'uri-too-long'; limit_bytes: number }
  | { type: 'rate-limited'; policy: RatePolicy; retry_after: number }
  | { type: 'header-fields-too-large'; most_fields?: number }
  | { type: 'internal-error' }
  | { type: 'unavailable'; because: OutageReason }

/** A problem before it is put into words: a refusal of the domain, or one of the HTTP layer. */
export type ProblemFacts = Refusal | HttpFacts

export type ProblemType = ProblemFacts['type']

/** The facts of each type of problem. */
export type FactsByType = { [Type in ProblemType]: Extract<ProblemFacts, { type: Type }> }

/** A thing that may not be found under an id or a name. */
export type NamedResource = Exclude<FactsByType['not-found']['resource'], 'path'>
