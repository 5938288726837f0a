import { timingSafeEqual } from 'node:crypto'
import { apiKeyDigest } from '#domain/api-clients/api-key.ts'
import { isAccessToken, type AuthenticateToken } from '#http/auth/access-tokens.ts'
import type { AuthenticateApiKey } from '#http/auth/api-key-credentials.ts'
import { ALL_SCOPES } from '#domain/api-clients/scopes.ts'
import type { Authenticate, Client } from '#http/auth/client.ts'

/** The credentials that the service accepts: the root credentials, and the kinds that are configured. */
export type Credentials = {
  admin_api_key: string
  /** A second root credential while the first is exchanged for it. */
  admin_api_key_next?: string | null
  apiKey?: AuthenticateApiKey
  token?: AuthenticateToken
}

/** Accepts the root credential alone, which has every scope. Digests are compared in constant time. */
export function authenticateAdmin(admin_api_key: string): Authenticate {
  return authenticateBy({ admin_api_key })
}

/** Accepts each kind of credential. All of them are bearer tokens: the form alone shows which kind a token is. */
export function authenticateBy({ admin_api_key, admin_api_key_next, apiKey, token }: Credentials): Authenticate {
  const roots = [admin_api_key, admin_api_key_next ?? admin_api_key].map(key => Buffer.from(apiKeyDigest(key)))
  const admin: Client = { name: 'admin', credential: 'root', scopes: new Set(ALL_SCOPES), names_requester: false }
  return (credential, ip) => {
    const digest = apiKeyDigest(credential)
    const given = Buffer.from(digest)
    if (roots.filter(root => timingSafeEqual(given, root)).length > 0) return admin
    if (token !== undefined && isAccessToken(credential)) return token(credential)
    return apiKey?.(credential, digest, ip)
  }
}
