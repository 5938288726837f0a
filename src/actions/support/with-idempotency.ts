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

/** How long the service keeps the outcome of a key. */
const KEPT_MILLISECONDS = 24 * 60 * 60 * 1000

/** From when on outcomes answer at the moment `now`; older ones are as if they were not there. */
export function answersSince(now: string): string {
  return new Date(Date.parse(now) - KEPT_MILLISECONDS).toISOString()
}

/** A verb's answer, and the last statements of its transaction, which the caller sends. */
export type UncommittedWrite<T> = { value: T; statements: readonly Statement<unknown>[] }

export type IdempotentOutcome<T> = { value: T; replayed: boolean }

type Outcome<T> = { value: T } | { refusals: readonly [Refusal, ...Refusal[]] }

type Work<T> = (trx: Transaction) => Promise<UncommittedWrite<T>>

/**
 * Runs `work` in a transaction and commits its statements, once for each idempotency key: a repeat gets the first
 * outcome again, also a refusal. The outcome is stored in the same transaction, so that neither exists without the
 * other. Refuses a key under which another request is at work, and one that came with another request.
 */
export async function withIdempotency<T>(
  { database, clock }: ActionContext,
  key: IdempotencyKey | undefined,
  work: Work<T>,
): Promise<IdempotentOutcome<T>> {
  if (key === undefined) return { value: await inTransaction(database, trx => runOnce(trx, work)), replayed: false }
  const now = clock.now()
  const { outcome, replayed } = await inTransaction(database, async trx => {
    const stored = await claimKey<T>(trx, key, answersSince(now))
    if (stored !== undefined) return { outcome: stored, replayed: true }
    const { outcome, statements } = await outcomeOf(trx, work)
    await trx.commitWith(...statements, insertStoredOutcome(key, outcome, now))
    return { outcome, replayed: false }
  })
  if ('refusals' in outcome) throw Object.assign(new RefusedError(...outcome.refusals), { replayed })
  return { value: outcome.value, replayed }
}

async function runOnce<T>(trx: Transaction, work: Work<T>): Promise<T> {
  const { value, statements } = await work(trx)
  await trx.commitWith(...statements)
  return value
}

/** The outcome that the key answers with; undefined where this request is the first under it. */
async function claimKey<T>(trx: Transaction, key: IdempotencyKey, since: string): Promise<Outcome<T> | undefined> {
  const [isClaimed, stored] = await Promise.all([claimIdempotencyKey(trx, key), findStoredOutcome(trx, key, since)])
  if (!isClaimed) throw new RefusedError({ type: 'idempotency-key-in-use' })
  if (stored === undefined) return undefined
  if (stored.fingerprint !== key.fingerprint) throw new RefusedError({ type: 'idempotency-key-reused' })
  return stored.outcome as Outcome<T> // the fingerprint names the operation, so the value is what `work` gives
}

/** A refusal is an outcome too: nothing has been written by then, because verbs judge before they write. */
async function outcomeOf<T>(
  trx: Transaction,
  work: Work<T>,
): Promise<{ outcome: Outcome<T>; statements: readonly Statement<unknown>[] }> {
  try {
    const { value, statements } = await work(trx)
    return { outcome: { value }, statements }
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    return { outcome: { refusals: error.refusals }, statements: [] }
  }
}
