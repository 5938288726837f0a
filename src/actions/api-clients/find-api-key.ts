import type { ActionContext } from '#actions/support/action-context.ts'
import { answerMemory, type RememberedAnswer } from '#actions/support/answer-memory.ts'
import { listKnownKeys, type KnownKey } from '#db/api-clients/api-clients.ts'
import { batchLoader } from '#db/driver/batch-loader.ts'
import { isApiKey } from '#domain/api-clients/api-key.ts'

// An answer of the database counts for so many milliseconds, so that a revoked key works for a second at most. A key in
// use is looked up again before that, while requests go on with the answer that is known.
const COUNTS_FOR = 1_000
const REFRESHED_AFTER = 500

/** The client of a key: at once where the process knows it, else a promise of it; undefined for an unknown key. */
export type FindApiKey<Opened> = (key: string, digest: string) => Opened | undefined | Promise<Opened | undefined>

/**
 * Looks keys up by their digests, with one query for all requests that wait, and remembers the answers for a moment.
 * `view` makes of a key, once an answer, what callers need of it. A text that has not the form of a key of this
 * environment is not looked up. Rejects while the database is away.
 */
export function apiKeyFinder<Opened>(
  { database }: Pick<ActionContext, 'database'>,
  environment: string,
  view: (key: KnownKey) => Opened,
): FindApiKey<Opened> {
  const answers = answerMemory<Opened>()
  const loadKeys = batchLoader<string, KnownKey>(async digests => await listKnownKeys(database, digests))
  const lookUp = sharedLookUp(async digest => {
    const asked_at = performance.now()
    const [found = []] = await loadKeys([digest])
    const [key] = found
    const opened = key === undefined ? undefined : view(key)
    answers.remember(digest, { opened, asked_at })
    return opened
  })
  return (key, digest) => {
    const answer = answers.find(digest)
    if (answer === undefined) return isApiKey(key, environment) ? lookUp(digest) : undefined
    return currentAnswer(answer, () => lookUp(digest))
  }
}

function currentAnswer<Opened>(
  { opened, asked_at }: RememberedAnswer<Opened>,
  lookUp: () => Promise<Opened | undefined>,
): Opened | undefined | Promise<Opened | undefined> {
  const age = performance.now() - asked_at
  if (age >= COUNTS_FOR) return lookUp()
  if (age >= REFRESHED_AFTER) lookUp().catch(() => {}) // a request that comes too late for this answer gets the error
  return opened
}

/** Looks each digest up once at a time: requests that ask meanwhile get the same promise. */
function sharedLookUp<Opened>(
  lookUp: (digest: string) => Promise<Opened | undefined>,
): (digest: string) => Promise<Opened | undefined> {
  const under_way = new Map<string, Promise<Opened | undefined>>()
  return digest => {
    const answer = under_way.get(digest) ?? lookUp(digest).finally(() => under_way.delete(digest))
    under_way.set(digest, answer)
    return answer
  }
}
