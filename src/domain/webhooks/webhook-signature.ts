import { createHmac, randomBytes } from 'node:crypto'

// Standard Webhooks: a secret is base64 after its prefix, and signs the id, the time in seconds and the body.
const PREFIX = 'whsec_'
const SECRET_BYTES = 32

/** A new secret. It is random: the caller stores it. */
export function newWebhookSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64')
}

/** The header fields of a delivery, with a signature of each secret that is valid. */
export function signedHeaders(
  delivery_id: string,
  seconds: number,
  body: string,
  secrets: readonly string[],
): Record<string, string> {
  const signed = `${delivery_id}.${seconds}.${body}`
  const signatures = secrets.map(secret => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
    return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
  })
  return {
    'webhook-id': delivery_id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': signatures.join(' '),
  }
}
