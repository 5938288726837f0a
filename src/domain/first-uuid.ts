/** The nil UUID (RFC 9562 §5.9), before every other: a list in the order of UUIDs starts after it. */
export const FIRST_UUID = '00000000-0000-0000-0000-000000000000'

/** The first UUIDv7 (RFC 9562 §5.7) of a moment, in milliseconds since 1970. */
export function firstUuidOf(milliseconds: number): string {
  const time = milliseconds.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`
}
