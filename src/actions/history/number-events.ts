import {
  findSettled,
  findUnnumbered,
  insertEvents,
  listHistoryWriters,
  listNumberedIds,
  listUnnumberedEntries,
  updateSettled,
} from '#db/history/event-numbering.ts'
import { findHistoryHead } from '#db/history/history-chain.ts'
import { lockThings } from '#db/driver/locks.ts'
import type { Database } from '#db/driver/database.ts'
import { inTransaction, type Transaction } from '#db/driver/transaction.ts'
import { chainOf } from '#domain/history/history-chain.ts'
import { NO_END, NOTHING_SETTLED, settledAfter, type Settlement } from '#domain/history/event-numbering.ts'
import { gapsWithout, type IdGap } from '#domain/history/id-gaps.ts'

/** How many entries one look numbers at most: then there may be more. */
export const NUMBERED_AT_ONCE = 1000

/** How many while requests come: their digests and links hold up the event loop for a millisecond or two. */
export const NUMBERED_BESIDE_REQUESTS = 250

/** Gives entries of history their numbers, so many at most. Answers how many got theirs. */
export type EventNumbering = (most?: number) => Promise<number>

/** What a look left: the last number that was given, and the ids of history that have none. */
type Left = { settlement: Settlement; event_id: number; gaps: readonly IdGap[] }

/**
 * R37: numbers what is committed and has no number yet, one process at a time. The numbers follow commits: nothing ever
 * appears behind a number that was shown, and a slow transaction gets a later one. In one look, entries have the order
 * of their ids, so the changes of one thing, which wait for each other, keep theirs. Writers neither wait nor notify.
 */
export function eventNumbering(database: Database): EventNumbering {
  let left: Left | undefined
  return async (most = NUMBERED_AT_ONCE) => {
    if (left !== undefined && isSettled(left) && !(await hasWork(database, left))) return 0
    const { after, numbered } = await inTransaction(database, async trx => await look(trx, left, most))
    left = after
    return numbered
  }
}

async function hasWork(database: Database, { gaps, event_id }: Left): Promise<boolean> {
  return (await findUnnumbered(database, gaps, event_id)) !== undefined
}

function isSettled({ settlement: { settled_below, looked_below } }: Left): boolean {
  return settled_below >= looked_below
}

async function look(
  trx: Transaction,
  left: Left | undefined,
  most: number,
): Promise<{ after: Left; numbered: number }> {
  const [, head, writers, inGaps] = await Promise.all([
    lockThings(trx, 'events', ['numbering']),
    findHistoryHead(trx),
    listHistoryWriters(trx),
    listUnnumberedEntries(trx, left?.gaps ?? [], most),
  ])
  const event_id = head?.event_id ?? 0
  const isKnown = left !== undefined && left.event_id === event_id // else another process has numbered since
  const { settlement, gaps } = isKnown ? left : await readAgain(trx, settlementAt(event_id, left))
  const entries = isKnown ? inGaps : await listUnnumberedEntries(trx, gaps, most)
  const history_ids = entries.map(({ history_id }) => history_id)
  const hashes = chainOf(head?.hash, entries)
  const contents = entries.map(({ content }) => content)
  const after = settledAfter(settlement, { writers, history_ids, is_whole: history_ids.length < most })
  const { settled_below } = after
  if (history_ids.length > 0)
    await trx.commitWith(insertEvents({ last: event_id, history_ids, hashes, contents, settled_below }))
  else await trx.commitWith(updateSettled(settled_below)) // so that later looks read nothing again
  return {
    after: {
      settlement: after,
      event_id: event_id + history_ids.length,
      gaps: gapsWithout(gaps, history_ids, settled_below),
    },
    numbered: history_ids.length,
  }
}

/** What is known to be settled: nothing of a database that was put back. */
function settlementAt(event_id: number, left: Left | undefined): Settlement {
  return left === undefined || event_id < left.event_id ? NOTHING_SETTLED : left.settlement
}

async function readAgain(trx: Transaction, settlement: Settlement): Promise<Omit<Left, 'event_id'>> {
  const stored = await findSettled(trx)
  const settled_below = Math.max(settlement.settled_below, stored?.settled_below ?? 0)
  const numbered = await listNumberedIds(trx, settled_below)
  const gaps = gapsWithout([{ first: settled_below, below: NO_END }], numbered, settled_below)
  return { settlement: { ...settlement, settled_below }, gaps }
}
