/** How deep a JSON text is nested, and how many keys its objects have, equal keys counted again. */
export type JsonOutline = { depth: number; keys: number }

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a
const ARRAY_START = 0x5b
const ARRAY_END = 0x5d
const OBJECT_START = 0x7b
const OBJECT_END = 0x7d

/** The outline of a JSON text in UTF-8, in one pass over its bytes. Of a text that is no JSON it says nothing of use. */
export function jsonOutline(json: Uint8Array): JsonOutline {
  let depth = 0
  let deepest = 0
  let keys = 0
  for (let at = 0; at < json.length; at++) {
    const byte = json[at]!
    if (byte === QUOTE) at = endOfString(json, at)
    else if (byte === COLON) keys++
    else if (byte === ARRAY_START || byte === OBJECT_START) deepest = Math.max(deepest, ++depth)
    else if (byte === ARRAY_END || byte === OBJECT_END) depth--
  }
  return { depth: deepest, keys }
}

/** Where the string ends that begins at a quote: at its closing quote. */
function endOfString(json: Uint8Array, start: number): number {
  let at = start + 1
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1
  return at
}
