import { seatCount } from '#domain/contracts/seat-limit.ts'
import type { OverLimitRemedyAction } from '#domain/vocabulary.ts'

/** Whether apps and connections add seats to a product. */
export type CountedUse = { counts_apps: boolean; counts_connections: boolean }

export type OverLimit = { by: number; since: string; remedies: { action: OverLimitRemedyAction; count: number }[] }

/** Since when a contract is over its limit (R27), after it came to have `used` contacts and `limit` seats. */
export function overSince(since: string | null, limit: number, used: number, now: string): string | null {
  return seatCount(limit, used).over > 0 ? (since ?? now) : null
}

/**
 * How far a contract is over its limit, since when, and what would bring it back (R27): fewer contacts, or more of
 * what its product counts. Null while it keeps its limit.
 */
export function overLimit(
  by: number,
  since: string | null,
  { counts_apps, counts_connections }: CountedUse,
): OverLimit | null {
  if (by === 0 || since === null) return null
  const remedies = [
    { action: 'remove_contacts' as const, count: by },
    ...(counts_apps ? [{ action: 'add_apps' as const, count: by }] : []),
    ...(counts_connections ? [{ action: 'add_connections' as const, count: by }] : []),
  ]
  return { by, since, remedies }
}
