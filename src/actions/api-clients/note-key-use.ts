import type { ActionContext } from '#actions/support/action-context.ts'
import { updateLastUsed, type KnownKey } from '#db/api-clients/api-clients.ts'

const MINUTE = 60_000

/**
 * Records that a key was used, without making its request wait; once a minute at most, however many processes see it.
 * While the database is away nothing is recorded; a later use is.
 */
export function noteKeyUse(
  { database, clock }: Pick<ActionContext, 'database' | 'clock'>,
  { key_id, last_used_at }: KnownKey,
): void {
  const used_at = clock.now()
  const unless_since = new Date(Date.parse(used_at) - MINUTE).toISOString()
  if (last_used_at !== null && last_used_at > unless_since) return
  updateLastUsed(database, { key_id, used_at, unless_since }).catch(() => {})
}
