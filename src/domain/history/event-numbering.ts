/**
 * Up to where entries of history are settled: each below has its number, or was rolled back. `looked_below` is where an
 * earlier look ended, and `awaited` the transactions that may still bring entries below it; undefined until the next
 * look finds them.
 */
export type Settlement = {
  settled_below: number
  looked_below: number
  awaited: ReadonlySet<string> | undefined
}

/**
 * One look at history. The transactions that write it were listed first, then the entries without a number were read,
 * in the order of their ids. `is_whole`: no entry without a number was left out because there were too many.
 */
export type Look = { writers: readonly string[]; history_ids: readonly number[]; is_whole: boolean }

export const NOTHING_SETTLED: Settlement = { settled_below: 0, looked_below: 0, awaited: undefined }

/**
 * R37: what is settled after a look. Ids are given out in order, before their transactions commit. So an id below one
 * that was seen either was seen, or is of a transaction that was at work then. Once all of those have ended, a look
 * shows every entry below.
 */
export function settledAfter(
  { settled_below, looked_below, awaited }: Settlement,
  { writers, history_ids, is_whole }: Look,
): Settlement {
  const still = new Set(writers.filter(writer => awaited?.has(writer) ?? true))
  if (still.size > 0) return { settled_below, looked_below, awaited: still }
  const last = history_ids.at(-1) ?? 0
  const settled = Math.max(settled_below, is_whole ? looked_below : Math.min(looked_below, last + 1))
  return { settled_below: settled, looked_below: Math.max(looked_below, last + 1), awaited: undefined }
}

/** Above all ids: the last gap has no end. */
export const NO_END = Number.MAX_SAFE_INTEGER
