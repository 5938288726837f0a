import {
  findUnnumberedEntry,
  insertEvents,
  listHistoryWriters,
  listUnnumberedEntries,
  updateSettled,
} from '#db/event-numbering.ts'
import { findHistoryHead } from '#db/history-chain.ts'
import { lockThings } from '#db/driver/locks.ts'
import type { Database } from '#db/driver/database.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import { chainOf } from '#domain/history-chain.ts'
import { NOTHING_SETTLED, settledAfter, type Settlement } from '#domain/event-numbering.ts'

/** How many entries one look numbers at most: then there may be more. */
export const NUMBERED_AT_ONCE = 1000

/** Gives the entries of history their numbers. Answers how many got theirs. */
export type EventNumbering = () => Promise<number>

/**
 * R37: numbers what is committed and has no number yet, one process at a time. The numbers follow commits: nothing ever
 * appears behind a number that was shown, and a slow transaction gets a later one. In one look, entries have the order
 * of their ids, so the changes of one thing, which wait for each other, keep theirs. Writers neither wait nor notify.
 */
export function eventNumbering(database: Database): EventNumbering {
  let settlement: Settlement = NOTHING_SETTLED
  return async () => {
    const isSettled = settlement.settled_below >= settlement.looked_below
    if (isSettled && (await findUnnumberedEntry(database)) === undefined) return 0
    return await inTransaction(database, async trx => {
      const [, head, writers, entries] = await Promise.all([
        lockThings(trx, 'events', ['numbering']),
        findHistoryHead(trx),
        listHistoryWriters(trx),
        listUnnumberedEntries(trx, NUMBERED_AT_ONCE),
      ])
      const history_ids = entries.map(({ history_id }) => history_id)
      const hashes = chainOf(head?.hash, entries)
      const contents = entries.map(({ content }) => content)
      const after = settledAfter(settlement, { writers, history_ids, is_whole: history_ids.length < NUMBERED_AT_ONCE })
      if (history_ids.length > 0)
        await trx.commitWith(insertEvents({ history_ids, hashes, contents, settled_below: after.settled_below }))
      else await trx.commitWith(updateSettled(after.settled_below)) // so that later looks read nothing again
      settlement = after
      return history_ids.length
    })
  }
}
