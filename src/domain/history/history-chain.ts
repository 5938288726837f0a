import { hash } from 'node:crypto'

/** The digests of an entry of history: of what never changes, and of what an erasure may take away (R33). */
export type ChainedEntry = { fixed: Buffer; content: Buffer }

/** An entry as the chain has it: `kept` is the digest of its content at its numbering. */
export type LinkedEntry = {
  event_id: number
  /** The hash of the number before; null where that number is missing. */
  before: Buffer | null
  /** Null where the entry itself is missing. */
  fixed: Buffer | null
  content: Buffer | null
  kept: Buffer
  hash: Buffer
  /** Whether it has no salt: an erasure of a release that kept no digests took it away. */
  is_unsalted: boolean
  history_id: number
}

/** Where the chain is up to: the last number, and its hash. */
export type ChainEnd = { event_id: number; hash: Buffer | undefined }

export type ChainFault = 'number' | 'missing' | 'changed' | 'hash'

/** R40: what the record of an erasure says of the entries that it redacted, so that each can be verified. */
export function redactionRecord(redactions: readonly { id: number; digest: string }[]) {
  return {
    redacted_history_ids: redactions.map(({ id }) => id),
    redacted_digests: redactions.map(({ digest }) => digest),
  }
}

/** R40: the hash of an entry: of the hash before it, and of its digests. */
function linkedHash(before: Buffer | null | undefined, { fixed, content }: ChainedEntry): Buffer {
  return hash('sha256', Buffer.concat([...(before == null ? [] : [before]), fixed, content]), 'buffer')
}

/** The hashes of entries that follow on one. */
export function chainOf(before: Buffer | undefined, entries: readonly ChainedEntry[]): Buffer[] {
  const hashes: Buffer[] = []
  for (const entry of entries) hashes.push(linkedHash(hashes.at(-1) ?? before, entry))
  return hashes
}

/** The digest that the last erasure of an entry left; null where a release that kept none redacted it. */
export type RedactedDigests = ReadonlyMap<number, string | null>

/**
 * R40: what is wrong with an entry of the chain; undefined where nothing is. Its content may differ only where an
 * erasure names it, and is then what the last of these erasures left.
 */
export function faultOf(entry: LinkedEntry, redacted: RedactedDigests): ChainFault | undefined {
  const { event_id, before, fixed, content, kept, history_id } = entry
  if (before === null && event_id !== 1) return 'number'
  if (fixed === null || content === null) return 'missing'
  if (!linkedHash(before, { fixed, content: kept }).equals(entry.hash)) return 'hash'
  const left = redacted.get(history_id)
  const isErased = left === null ? entry.is_unsalted : content.toString('hex') === left
  return content.equals(kept) || isErased ? undefined : 'changed'
}
