import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose'
import type { ActionContext } from '#actions/support/action-context.ts'
import { HttpProblem } from '#http/problems/http-problem.ts'
import { isScope } from '#domain/scopes.ts'
import type { Client } from '#http/auth/client.ts'

/** The company's identity provider, whose access tokens are taken. */
export type IdentityProvider = {
  issuer: string
  /** What a token has to be meant for. */
  audience: string
  /** The claim that lists scopes: one text with spaces between them, or a list. */
  scope_claim: string
  /** The claim that says by an opaque id who uses the client. */
  subject_claim: string
}

// Asymmetric alone: a shared secret, or none, would let whoever knows a public key make tokens.
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']
const CLOCK_TOLERANCE_SECONDS = 10

const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]*$/
const OPAQUE = /^[\w.:|=+/-]{1,255}$/

/** Who a token speaks for, or undefined where it is no valid token of the provider. Rejects where nobody can tell now. */
export type AuthenticateToken = (token: string) => Promise<Client | undefined>

/** Whether a bearer token is to be read as a JSON Web Token. */
export function isAccessToken(token: string): boolean {
  return COMPACT.test(token)
}

/**
 * Takes the access tokens of an identity provider (RFC 7519, RFC 9068): signed by one of its keys, from this issuer, for
 * this audience, not before `nbf`, and with an `exp` that is to come. The client is named by `client_id` or `azp`, the
 * person by the subject claim; an address is no opaque id, because history keeps it. `refused` is told why a token is
 * nobody's, by a code that holds nothing of the token: whoever sent it is not told.
 */
export function authenticateTokens(
  { issuer, audience, scope_claim, subject_claim }: IdentityProvider,
  keys: JWTVerifyGetKey,
  { clock }: Pick<ActionContext, 'clock'>,
  refused: (reason: string) => void,
): AuthenticateToken {
  return async token => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        requiredClaims: ['exp'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: new Date(clock.now()),
      })
      const client = clientOf(payload, payload[subject_claim], scopesOf(payload[scope_claim]))
      if (client === undefined) refused('no opaque client and subject')
      return client
    } catch (error) {
      if (error instanceof HttpProblem || !isRefusal(error)) throw error
      refused(reasonOf(error))
      return undefined
    }
  }
}

/** What the library throws of a token; the latter two where a key does not fit the algorithm. */
function isRefusal(error: unknown): error is Error {
  return error instanceof errors.JOSEError || error instanceof TypeError || error instanceof DOMException
}

function reasonOf(error: Error): string {
  const { code = error.name, claim } = error as Error & { code?: string | number; claim?: string }
  return [code, ...(claim === undefined ? [] : [claim])].join(' ')
}

function clientOf(payload: JWTPayload, subject: unknown, scopes: readonly string[]): Client | undefined {
  const client = payload['client_id'] ?? payload['azp']
  if (!isOpaque(client) || !isOpaque(subject)) return undefined
  return {
    name: `oauth:${client}`,
    credential: 'access_token',
    scopes: new Set(scopes.filter(isScope)),
    on_behalf_of: subject,
  }
}

function isOpaque(claim: unknown): claim is string {
  return typeof claim === 'string' && OPAQUE.test(claim)
}

function scopesOf(claim: unknown): string[] {
  const listed = typeof claim === 'string' ? claim.split(' ') : claim
  return Array.isArray(listed) ? listed.filter(scope => typeof scope === 'string') : []
}
