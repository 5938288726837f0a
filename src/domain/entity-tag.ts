import { hash } from 'node:crypto'

/**
 * The strong entity tag of a representation (RFC 9110 §8.8.3): a digest of its JSON, so that it changes exactly when
 * the answer does, whatever the order of its fields. 132 bits in base64url, quoted.
 */
export function entityTag(representation: object): string {
  return entityTagOf(JSON.stringify(representation, sorted))
}

/** The entity tag of a representation as it is sent, whose fields always have the same order. */
export function entityTagOf(sent: string | Buffer): string {
  return `"${hash('sha256', sent, 'base64url').slice(0, 22)}"`
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
