import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose'
import type { ActionContext } from '#actions/support/action-context.ts'
import { HttpProblem } from '#http/problems/http-problem.ts'
import { isScope } from '#domain/api-clients/scopes.ts'
import type { Client } from '#http/auth/client.ts'

/** The identity provider whose access tokens the service accepts. */
export type IdentityProvider = {
  issuer: string
  /** The audience that a token has to name. */
  audience: string
  /** What the header of a token says in `typ`; without it, anything. */
  token_type?: string | null
  /** The claim that lists scopes: one text with spaces between them, or a list. */
  scope_claim: string
  /** The claim with an opaque id of the person who uses the client. */
  subject_claim: string
  /** Whether the people whom tokens name have to say at whose request they change contacts (R25). */
  names_requester: boolean
}

// Asymmetric alone: with a shared secret, or none, a caller who knows the public key could make tokens.
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']
const CLOCK_TOLERANCE_SECONDS = 10

const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]*$/
const OPAQUE = /^[\w.:|=+/-]{1,255}$/

/** The client of a token; undefined where it is not valid. Rejects while the provider's keys cannot be fetched. */
export type AuthenticateToken = (token: string) => Promise<Client | undefined>

/** Whether a bearer token has the form of a JSON Web Token. */
export function isAccessToken(token: string): boolean {
  return COMPACT.test(token)
}

/**
 * Accepts the access tokens of an identity provider (RFC 7519, RFC 9068): signed with one of its keys, from this
 * issuer, for this audience, of the right type, after `nbf` and before `exp`. `client_id` or `azp` names the client,
 * the subject claim the person: not by an e-mail address, because history keeps the subject. `refused` gets the reason
 * for the log.
 */
export function authenticateTokens(
  { issuer, audience, token_type, scope_claim, subject_claim, names_requester }: IdentityProvider,
  keys: JWTVerifyGetKey,
  { clock }: Pick<ActionContext, 'clock'>,
  refused: (reason: string) => void,
): AuthenticateToken {
  return async token => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        ...(token_type != null && { typ: token_type }),
        algorithms: ALGORITHMS,
        requiredClaims: ['exp'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: new Date(clock.now()),
      })
      if (payload['cnf'] !== undefined) {
        refused('cnf') // RFC 7800: only the holder of a key may use it, which nothing here proves
        return undefined
      }
      const client = clientOf(payload, payload[subject_claim], scopesOf(payload[scope_claim]))
      if (client !== undefined) return { ...client, names_requester }
      refused('no opaque client and subject')
      return undefined
    } catch (error) {
      if (error instanceof HttpProblem || !isRefusal(error)) throw error
      refused(reasonOf(error))
      return undefined
    }
  }
}

/** Whether an error is about the token. The library throws the last two where a key does not fit the algorithm. */
function isRefusal(error: unknown): error is Error {
  return error instanceof errors.JOSEError || error instanceof TypeError || error instanceof DOMException
}

function reasonOf(error: Error): string {
  const { code = error.name, claim } = error as Error & { code?: string | number; claim?: string }
  return [code, ...(claim === undefined ? [] : [claim])].join(' ')
}

function clientOf(
  payload: JWTPayload,
  subject: unknown,
  scopes: readonly string[],
): Omit<Client, 'names_requester'> | undefined {
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
