import { UnreadableImportError } from '#domain/imports/import-line.ts'

const [LINE_FEED, CARRIAGE_RETURN] = [0x0a, 0x0d]
// No row of contacts is longer: a file without line breaks is not collected.
const LONGEST_LINE = 1024 * 1024
/** How much of a file says what kind of file it is. */
const HEAD = 1024

/**
 * The bytes of a file in blocks that end at a line break, but for the last. `inspect` gets the head of the file first.
 * Throws UnreadableImportError for a line of over a mebibyte.
 */
export async function* wholeLines(
  bytes: AsyncIterable<Uint8Array>,
  inspect: (head: Buffer) => void,
): AsyncGenerator<Buffer> {
  let [pieces, size, lines, isInspected]: [Uint8Array[], number, number, boolean] = [[], 0, 1, false]
  for await (const piece of bytes) {
    pieces.push(piece)
    size += piece.length
    if (size < HEAD && !isInspected) continue
    if (isInspected && !hasBreak(piece) && size <= LONGEST_LINE) continue
    const block = Buffer.concat(pieces)
    if (!isInspected) inspect(block.subarray(0, HEAD))
    isInspected = true
    const end = endOfLines(block)
    if (end > 0) yield block.subarray(0, end)
    lines += linesOf(block.subarray(0, end)).reduce(count => count + 1, 0)
    pieces = [block.subarray(end)]
    size = block.length - end
    if (size > LONGEST_LINE)
      throw new UnreadableImportError({ code: 'line-too-long', line: lines, column: null, expected: LONGEST_LINE })
  }
  const rest = Buffer.concat(pieces)
  if (!isInspected) inspect(rest.subarray(0, HEAD))
  if (rest.length > 0) yield rest
}

/** The lines of a block, each with its line break: a line feed, a carriage return, or both. */
export function* linesOf(block: Buffer): Generator<Buffer> {
  let start = 0
  let nextReturn = block.indexOf(CARRIAGE_RETURN)
  while (start < block.length) {
    const nextFeed = block.indexOf(LINE_FEED, start)
    if (nextReturn !== -1 && nextReturn < start) nextReturn = block.indexOf(CARRIAGE_RETURN, start)
    const isReturn = nextReturn !== -1 && (nextFeed === -1 || nextReturn < nextFeed)
    const at = isReturn ? nextReturn : nextFeed
    const end = at === -1 ? block.length : at + (isReturn && nextFeed === at + 1 ? 2 : 1)
    yield block.subarray(start, end)
    start = end
  }
}

function hasBreak(piece: Uint8Array): boolean {
  return piece.includes(LINE_FEED) || piece.includes(CARRIAGE_RETURN)
}

/** Where the last line break ends. A carriage return at the very end may be half of one. */
function endOfLines(block: Buffer): number {
  const last = block.at(-1) === CARRIAGE_RETURN ? block.length - 2 : block.length - 1
  return last < 0 ? 0 : Math.max(block.lastIndexOf(LINE_FEED), block.lastIndexOf(CARRIAGE_RETURN, last)) + 1
}
