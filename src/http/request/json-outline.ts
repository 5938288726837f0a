const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a
const ARRAY_START = 0x5b
const ARRAY_END = 0x5d
const OBJECT_START = 0x7b
const OBJECT_END = 0x7d

/** The depth of a JSON text, the number of keys in it, and the largest number in one object; equal keys count again. */
export type JsonOutline = { depth: number; keys: number; most_keys: number }

/**
 * The outline of a JSON text in UTF-8, in one pass over its bytes, before anything is made of it. A text that is nested
 * deeper than `most_depth` is read no further, and of a text that is no JSON the outline says nothing of use.
 */
export function jsonOutline(json: Uint8Array, most_depth: number): JsonOutline {
  const keys_at = [0] // of the objects that the pass is in, outermost first
  let depth = 0
  const outline: JsonOutline = { depth: 0, keys: 0, most_keys: 0 }
  for (let at = 0; at < json.length && depth <= most_depth; at++) {
    const byte = json[at]
    if (byte === QUOTE) at = endOfString(json, at)
    else if (byte === COLON) {
      const keys = (keys_at[depth] ?? 0) + 1
      keys_at[depth] = keys
      outline.keys++
      if (keys > outline.most_keys) outline.most_keys = keys
    } else if (byte === ARRAY_START || byte === OBJECT_START) {
      keys_at[++depth] = 0
      if (depth > outline.depth) outline.depth = depth
    } else if (byte === ARRAY_END || byte === OBJECT_END) depth = Math.max(depth - 1, 0)
  }
  return outline
}

/** Where the string ends that begins at a quote: at its closing quote. */
function endOfString(json: Uint8Array, start: number): number {
  let at = start + 1
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1
  return at
}
