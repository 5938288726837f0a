import type { ActionContext } from '#actions/support/action-context.ts'
import {
  claimIdempotencyKey,
  findStoredOutcome,
  insertStoredOutcome,
  type IdempotencyKey,
} from '#db/idempotency-keys.ts'
import type { Statement } from '#db/driver/statement.ts'
import { inTransaction, type Transaction } from '#db/driver/transaction.ts'
import { RefusedError, type Refusal } from '#domain/refusal.ts'

/** How long a key answers with its first outcome. */
const KEPT_MILLISECONDS = 24 * 60 * 60 * 1000

/** From when on outcomes answer at the moment `now`; older ones are as if they were not there. */
export function answersSince(now: string): string {
  return new Date(Date.parse(now) - KEPT_MILLISECONDS).toISOString()
}

export type IdempotentOutcome<T> = { value: T; replayed: boolean }

type Outcome<T> = { value: T } | { refusals: readonly [Refusal, ...Refusal[]] }

/** Gives the statement that keeps a value under the request's key, or none where it has no key. */
export type Keep<T> = (value: T) => Statement<unknown>[]

/**
 * Runs `work` in a transaction, once for each idempotency key: a repeat gets the first outcome again, also a refusal.
 * The outcome is kept in the transaction of the work itself, so that neither exists without the other; `work` sends
 * what `keep` gives it with its last statements. Refuses a key that is being worked under or came with another request.
 */
export async function withIdempotency<T>(
  { database, clock }: ActionContext,
  key: IdempotencyKey | undefined,
  work: (trx: Transaction, keep: Keep<T>) => Promise<T>,
): Promise<IdempotentOutcome<T>> {
  if (key === undefined)
    return { value: await inTransaction(database, async trx => await work(trx, () => [])), replayed: false }
  const now = clock.now()
  const since = answersSince(now)
  const keep = (outcome: Outcome<T>) => insertStoredOutcome(key, outcome, now)
  const { outcome, replayed } = await inTransaction(database, async trx => {
    const [isClaimed, stored] = await Promise.all([claimIdempotencyKey(trx, key), findStoredOutcome(trx, key, since)])
    if (!isClaimed) throw new RefusedError({ type: 'idempotency-key-in-use' })
    if (stored !== undefined && stored.fingerprint !== key.fingerprint)
      throw new RefusedError({ type: 'idempotency-key-reused' })
    if (stored !== undefined) return { outcome: stored.outcome as Outcome<T>, replayed: true }
    try {
      return { outcome: { value: await work(trx, value => [keep({ value })]) }, replayed: false }
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error
      const { refusals } = error // nothing has been written: rules are judged before
      await trx.commitWith(keep({ refusals }))
      return { outcome: { refusals }, replayed: false }
    }
  })
  if ('refusals' in outcome) throw Object.assign(new RefusedError(...outcome.refusals), { replayed })
  return { value: outcome.value, replayed }
}
