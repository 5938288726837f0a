import { findLeftOutEntry, listLinkedEntries, listRedactedIds, type HistoryHead } from '#db/history-chain.ts'
import type { Db } from '#db/driver/database.ts'
import { faultOf, type ChainEnd, type ChainFault } from '#domain/history-chain.ts'

export type Verification = {
  /** How many entries were verified, and the hash of the last. */
  end: ChainEnd
  /** The first entry that is not as it was; null where all are. */
  broken: { event_id: number; fault: ChainFault | 'head' } | { history_id: number; fault: 'left-out' } | null
}

const BATCH = 5_000

/**
 * R40: proves that no numbered entry of history was changed, removed, inserted or moved since it got its number. Only
 * what erasures took away, and name, may differ. `known` is a head that was kept elsewhere: it shows that the end is
 * not cut off.
 */
export async function verifyHistory(db: Db, known?: HistoryHead): Promise<Verification> {
  const redacted = await listRedactedIds(db)
  let end: ChainEnd = { event_id: 0, hash: undefined }
  for (;;) {
    const entries = await listLinkedEntries(db, { after: end.event_id, limit: BATCH })
    for (const entry of entries) {
      const fault = faultOf(end, entry, redacted) ?? (isOtherThan(known, entry) ? 'head' : undefined)
      if (fault !== undefined) return { end, broken: { event_id: entry.event_id, fault } }
      end = entry
    }
    if (entries.length < BATCH) break
  }
  if (known !== undefined && known.event_id > end.event_id)
    return { end, broken: { event_id: end.event_id + 1, fault: 'missing' } }
  const left = await findLeftOutEntry(db)
  return { end, broken: left === undefined ? null : { ...left, fault: 'left-out' } }
}

function isOtherThan(known: HistoryHead | undefined, entry: HistoryHead): boolean {
  return known?.event_id === entry.event_id && !known.hash.equals(entry.hash)
}
