import { earliest, type ApiClientTerms } from '#domain/api-clients/api-client.ts'
import {
  DEFAULT_LIFETIME_DAYS,
  GREATEST_LIFETIME_DAYS,
  daysAfter,
  type GrantLimits,
} from '#domain/api-clients/grant.ts'
import { RefusedError } from '#domain/refusal.ts'

/** The end of terms that name none: 90 days from now, or with the limits if they end before. */
export function defaultEnd(limits: readonly GrantLimits[], now: string): string {
  return earliest(daysAfter(now, DEFAULT_LIFETIME_DAYS), ...limits.map(({ ends_at }) => ends_at))
}

/** Refuses an end that has passed, and one that is more than 366 days away. */
export function assertLifetime({ expires_at }: Pick<ApiClientTerms, 'expires_at'>, now: string): void {
  const isPast = expires_at <= now
  if (!isPast && expires_at <= daysAfter(now, GREATEST_LIFETIME_DAYS)) return
  const code = isPast ? 'expired-from-the-start' : 'beyond-lifetime'
  throw new RefusedError({ type: 'invalid-value', errors: [{ pointer: '#/expires_at', code }] })
}
