import type { Rights } from '#domain/api-clients/rights.ts'

const DAY = 24 * 60 * 60 * 1000

/** How long a client lives if nothing is said, and the longest that a client or a key may live, in days. */
export const DEFAULT_LIFETIME_DAYS = 90
export const GREATEST_LIFETIME_DAYS = 366

/** Who makes or changes a client or a key: its rights, and when its own credential ends, where the registry knows. */
export type Grantor = Rights & { ends_at: string | null }

/**
 * What a grantor can give at most: from where, and until when. A list without ranges means every address. A client that
 * has to name requesters makes no client that need not.
 */
export type GrantLimits = { ip_ranges: readonly string[]; ends_at: string; names_requester: boolean }

/** The moment so many days later. */
export function daysAfter(now: string, days: number): string {
  return new Date(Date.parse(now) + days * DAY).toISOString()
}
