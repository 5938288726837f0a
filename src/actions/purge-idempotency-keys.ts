import type { ActionContext } from '#actions/support/action-context.ts'
import { answersSince } from '#actions/support/with-idempotency.ts'
import { deleteStoredOutcomes } from '#db/idempotency-keys.ts'

const BATCH = 1_000

/** Removes the kept outcomes that answer no more, because they hold personal data; batch by batch, until there is none or it is to stop. */
export async function purgeIdempotencyKeys(
  { database, clock }: Pick<ActionContext, 'database' | 'clock'>,
  signal: AbortSignal,
): Promise<void> {
  const since = answersSince(clock.now())
  while (!signal.aborted && (await deleteStoredOutcomes(database, { since, limit: BATCH })) === BATCH);
}
