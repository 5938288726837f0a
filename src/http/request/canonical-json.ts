/**
 * A JSON value as text that is the same for equal values (RFC 8785 §3.2): without white space, the keys of objects in
 * one order. Numbers and strings are written as ECMAScript does, so that `1.0` and `1` are equal, and so are escapes.
 * Takes what a JSON reader gives.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (isObject(part) ? sorted(part) : part))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function sorted(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.keys(object)
      .toSorted()
      .map(key => [key, object[key]]),
  )
}
