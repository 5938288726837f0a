import type { ActionContext } from '#actions/support/action-context.ts'
import { answersSince } from '#actions/support/with-idempotency.ts'
import { deleteStoredOutcomes } from '#db/expired-outcomes.ts'

const BATCH = 1_000

/**
 * Deletes the stored outcomes that no longer answer, because they hold personal data. Works batch by batch, until none
 * is left or `signal` stops it.
 */
export async function purgeIdempotencyKeys(
  { database, clock }: Pick<ActionContext, 'database' | 'clock'>,
  signal: AbortSignal,
): Promise<void> {
  const since = answersSince(clock.now())
  while (!signal.aborted && (await deleteStoredOutcomes(database, { since, limit: BATCH })) === BATCH);
}
