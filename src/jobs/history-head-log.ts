import { findHistoryHead } from '#db/history/history-chain.ts'
import type { Db } from '#db/driver/database.ts'

const EACH = 60_000

/** What a line of the log says of the head of history. */
export type LoggedHead = { event_id: number; hash: string }

/**
 * R40: gives the head of history to the log every minute while it moves. Logs are kept apart from the database: a later
 * change of the record does not change what the log said. Returns a function that ends it.
 */
export function startHistoryHeadLog(db: Db, log: (head: LoggedHead) => void, each = EACH): () => void {
  let logged = 0
  const look = async (): Promise<void> => {
    const head = await findHistoryHead(db)
    if (head === undefined || head.event_id === logged) return
    logged = head.event_id
    log({ event_id: head.event_id, hash: head.hash.toString('hex') })
  }
  const timer = setInterval(() => void look().catch(() => {}), each).unref() // an outage is reported elsewhere
  return () => clearInterval(timer)
}
