import type { ActionContext } from '#actions/support/action-context.ts'
import { findKnownKeys, type KnownKey } from '#db/api-clients.ts'
import { batchLoader } from '#db/driver/batch-loader.ts'
import { isApiKey } from '#domain/api-key.ts'

// For so long what the database said of a key is taken for true, so that a revoked one goes on for a second at most;
// a key in use is asked for again before that, beside the requests.
const TRUE_FOR = 1_000
const ASKED_AGAIN_AFTER = 500

const MOST_UNKNOWN = 1_000

type Answer<Opened> = { opened: Opened | undefined; asked_at: number }

/** What a key opens: at once where that is known, else when the database has said so; undefined for nobody's key. */
export type FindApiKey<Opened> = (key: string, digest: string) => Opened | undefined | Promise<Opened | undefined>

/**
 * Looks keys up by their digests, remembers the answers for a moment, and asks one query for all who wait. `view` makes
 * of a key, once an answer, what callers need of it. What is no key of this environment by its form is not asked for.
 * Rejects while the database is away.
 */
export function apiKeyFinder<Opened>(
  { database }: Pick<ActionContext, 'database'>,
  environment: string,
  view: (key: KnownKey) => Opened,
): FindApiKey<Opened> {
  const known = new Map<string, Answer<Opened>>() // as many as there are keys
  const unknown = new Map<string, Answer<Opened>>() // as many as somebody makes up: the oldest goes
  const asking = new Map<string, Promise<Opened | undefined>>()
  const askTogether = batchLoader<string, KnownKey>(async digests => await findKnownKeys(database, digests))

  const remember = (digest: string, answer: Answer<Opened>): void => {
    unknown.delete(digest)
    if (answer.opened !== undefined) {
      known.set(digest, answer)
      return
    }
    if (unknown.size === MOST_UNKNOWN) unknown.delete(unknown.keys().next().value!)
    unknown.set(digest, answer)
  }
  const ask = async (digest: string): Promise<Opened | undefined> => {
    const asked_at = performance.now()
    const [key] = (await askTogether([digest]))[0]!
    const opened = key === undefined ? undefined : view(key)
    remember(digest, { opened, asked_at })
    return opened
  }
  const askOnce = (digest: string): Promise<Opened | undefined> => {
    const under_way = asking.get(digest) ?? ask(digest).finally(() => asking.delete(digest))
    asking.set(digest, under_way)
    return under_way
  }

  return (key, digest) => {
    const answer = known.get(digest) ?? unknown.get(digest)
    if (answer === undefined) return isApiKey(key, environment) ? askOnce(digest) : undefined
    const age = performance.now() - answer.asked_at
    if (age >= TRUE_FOR) return askOnce(digest)
    if (age >= ASKED_AGAIN_AFTER) askOnce(digest).catch(() => {}) // who asks when it is no longer true is told
    return answer.opened
  }
}
