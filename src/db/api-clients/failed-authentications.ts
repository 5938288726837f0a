import { RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible'
import type { Db } from '#db/driver/database.ts'

const WINDOW_SECONDS = 60

/** The failed authentications of each address within a minute, over all processes. */
export type FailedAuthentications = {
  /** Counts a failure, and answers the seconds to wait where that is one too many, else 0. */
  count(address: string): Promise<number>
}

/**
 * Counts failures by address in the database, `most` of them a minute, so that a guesser gains nothing from asking
 * several processes. An address that has failed too often costs the database nothing more until its minute is over.
 * While the database is away, each process counts for itself.
 */
export function failedAuthentications(database: Db, most: number): FailedAuthentications {
  const counting = { points: most, duration: WINDOW_SECONDS, keyPrefix: '' }
  const limiter = new RateLimiterPostgres({
    ...counting,
    storeClient: {
      query: async (query: { name: string; text: string; values: unknown[] }) => ({ rows: await database.run(query) }),
    },
    storeType: 'pool',
    tableName: 'failed_authentications',
    tableCreated: true,
    inMemoryBlockOnConsumed: most,
    insuranceLimiter: new RateLimiterMemory(counting),
  })
  return { count: async address => seconds(await limiter.consume(address).then(() => 0, waitOf)) }
}

/** The library refuses by a rejection that is no error. */
function waitOf(refusal: unknown): number {
  if (refusal instanceof Error) throw refusal
  return (refusal as { msBeforeNext: number }).msBeforeNext
}

function seconds(milliseconds: number): number {
  return Math.ceil(milliseconds / 1000)
}
