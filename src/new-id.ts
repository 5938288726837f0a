import { v7 as uuidv7 } from 'uuid'

const BYTES = 16

// Random bytes for many ids at once: sixteen bytes at a time cost more than the rest of an id.
const pool = new Uint8Array(256 * BYTES)
let taken = pool.length

/** Sixteen random bytes for one id. They are good until the next call. */
export function idBytes(): Uint8Array {
  if (taken === pool.length) {
    crypto.getRandomValues(pool)
    taken = 0
  }
  return pool.subarray(taken, (taken += BYTES))
}

const HIGHEST = 0xffff_ffff
const last = { msecs: 0, seq: 0 }

/**
 * The id of a new thing: a UUID of version 7 (RFC 9562 §5.7), greater than all that this process gave before, also
 * within a millisecond and where the clock goes back (§6.2, method 1). So things have the order of their ids.
 */
export function newId(): string {
  const random = idBytes()
  const now = Date.now()
  if (now > last.msecs) {
    last.msecs = now
    last.seq = new DataView(random.buffer, random.byteOffset).getUint32(6) >>> 1 // leaves room to count up
  } else if (last.seq === HIGHEST) {
    last.msecs++
    last.seq = 0
  } else last.seq++
  return uuidv7({ ...last, random })
}
