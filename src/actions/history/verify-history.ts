import {
  findEventHash,
  findHistoryHead,
  findLeftOutEntry,
  findUndoneRedaction,
  listRedactions,
  listSuspectEntries,
  type HistoryHead,
} from '#db/history/history-chain.ts'
import type { Db } from '#db/driver/database.ts'
import {
  faultOf,
  type ChainEnd,
  type ChainFault,
  type LinkedEntry,
  type RedactedDigests,
} from '#domain/history/history-chain.ts'

export type Verification = {
  /** How many entries were verified, and the hash of the last. */
  end: ChainEnd
  /** The first entry that is not as it was; null where all are. */
  broken: Break | { history_id: number; fault: 'left-out' } | null
}

type Break = { event_id: number; fault: ChainFault | 'head' }

// The database verifies so many ranges of so many entries at once: it makes the digests, and has several processors.
const RANGE = 10_000
const AT_ONCE = 4

/**
 * R40: proves that no numbered entry of history was changed, removed, inserted or moved since it got its number. Only
 * what erasures name may differ, and is what the last of them left. `known` is a head that was kept elsewhere: it shows
 * that the end is not cut off.
 */
export async function verifyHistory(db: Db, known?: HistoryHead): Promise<Verification> {
  const end = (await findHistoryHead(db)) ?? { event_id: 0, hash: undefined }
  const chain = earlier(await firstBreak(db, end.event_id), await undoneErasure(db))
  const broken = earlier(chain, await headBreak(db, end, known))
  if (broken !== undefined) return { end, broken }
  const left = await findLeftOutEntry(db)
  return { end, broken: left === undefined ? null : { ...left, fault: 'left-out' } }
}

/** Each entry is compared with the hash of the one before it, so the ranges need not wait for each other. */
async function firstBreak(db: Db, end: number): Promise<Break | undefined> {
  let redacted: RedactedDigests = new Map()
  for (let from = 0; from < end; from += RANGE * AT_ONCE) {
    const ranges = Array.from({ length: AT_ONCE }, (_, index) => from + index * RANGE).filter(after => after < end)
    const suspects = (
      await Promise.all(
        ranges.map(async after => await listSuspectEntries(db, { after, until: Math.min(end, after + RANGE) })),
      )
    ).flat()
    if (breakIn(suspects, redacted) === undefined) continue
    redacted = await listRedactions(db) // afterwards: an erasure meanwhile names what it took
    const broken = breakIn(suspects, redacted)
    if (broken !== undefined) return broken
  }
  return undefined
}

function breakIn(suspects: readonly LinkedEntry[], redacted: RedactedDigests): Break | undefined {
  for (const entry of suspects) {
    const fault = faultOf(entry, redacted)
    if (fault !== undefined) return { event_id: entry.event_id, fault }
  }
  return undefined
}

async function undoneErasure(db: Db): Promise<Break | undefined> {
  const undone = await findUndoneRedaction(db)
  return undone && { ...undone, fault: 'changed' }
}

async function headBreak(db: Db, end: ChainEnd, known: HistoryHead | undefined): Promise<Break | undefined> {
  if (known === undefined) return undefined
  if (known.event_id > end.event_id) return { event_id: end.event_id + 1, fault: 'missing' }
  const kept = await findEventHash(db, known.event_id)
  return kept?.hash.equals(known.hash) === true ? undefined : { event_id: known.event_id, fault: 'head' }
}

function earlier(one: Break | undefined, other: Break | undefined): Break | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return one.event_id <= other.event_id ? one : other
}
