import type { Environment } from '#config/environment.ts'

/** The identity provider whose access tokens the service takes, and where its public keys are. */
export type IdentityProviderConfig = {
  issuer: string
  audience: string
  jwks_url: string
  /** What `typ` of a token says; null for anything. */
  token_type: string | null
  scope_claim: string
  subject_claim: string
  /** Whether the people whom tokens name have to say at whose request they change contacts (R25). */
  names_requester: boolean
}

/**
 * The identity provider, or null where none is named. Refuses one of which only a part is named, and keys that would
 * travel without TLS from another machine.
 */
export function identityProviderConfig({
  OAUTH_ISSUER: issuer,
  OAUTH_AUDIENCE: audience,
  OAUTH_JWKS_URL: jwks_url,
  OAUTH_TOKEN_TYPE: token_type,
  OAUTH_SCOPE_CLAIM: scope_claim,
  OAUTH_SUBJECT_CLAIM: subject_claim,
  OAUTH_NAMES_REQUESTER: names_requester,
}: Environment): IdentityProviderConfig | null {
  if (issuer === undefined && audience === undefined && jwks_url === undefined) return null
  if (issuer === undefined || audience === undefined || jwks_url === undefined)
    throw new Error('env/OAUTH_ISSUER, env/OAUTH_AUDIENCE and env/OAUTH_JWKS_URL are given together, or none of them')
  assertSafeKeysUrl(jwks_url)
  return {
    issuer,
    audience,
    jwks_url,
    token_type: token_type === 'any' ? null : token_type,
    scope_claim,
    subject_claim,
    names_requester,
  }
}

const LOCAL_HOSTS = new Set(['127.0.0.1', '[::1]', 'localhost'])

// An attacker who can change the keys on their way can make tokens.
function assertSafeKeysUrl(jwks_url: string): void {
  const url = URL.canParse(jwks_url) ? new URL(jwks_url) : undefined
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && LOCAL_HOSTS.has(url.hostname))) return
  throw new Error('env/OAUTH_JWKS_URL must be an https URL; http is taken from this machine alone')
}
