/**
 * A JSON value of a row that is refused, as the registry can store it: in place of half a letter (a lone surrogate) and
 * of a zero byte, which Postgres takes in no text, it has the sign for what cannot be shown.
 */
export function storable<Value>(value: Value): Value {
  return storableJson(value) as Value // of the same form: only letters of texts change
}

function storableJson(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '\uFFFD')
  if (Array.isArray(value)) return value.map(storableJson)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [storable(key), storableJson(part)]))
}
