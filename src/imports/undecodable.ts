import { UnreadableImportError } from '#domain/imports/import-line.ts'
import { readableEncoding, type ImportCharset } from '#imports/found-encoding.ts'

/** The fault of a line that cannot be read in the encoding that was said: the other encoding, or the bytes at fault. */
export function undecodableLine(bytes: Buffer, charset: ImportCharset, line: number): UnreadableImportError {
  const encoding = readableEncoding(bytes, charset)
  if (encoding !== undefined) return otherEncoding(bytes, line, encoding)
  const { before, at } = readablePart(bytes, charset)
  const length = charset === 'utf-8' || isNoLead(bytes[at] ?? 0) ? 1 : 2
  const found = `0x${bytes
    .subarray(at, at + length)
    .toString('hex')
    .toUpperCase()}`
  return new UnreadableImportError({ code: 'undecodable', line, column: Array.from(before).length + 1, found })
}

/** The fault of a line in another encoding than was said, at its first letter that is not ASCII. */
export function otherEncoding(bytes: Buffer, line: number, found: string): UnreadableImportError {
  const column = bytes.findIndex(byte => byte >= 0x80) + 1
  return new UnreadableImportError({ code: 'other-encoding', line, column: column === 0 ? null : column, found })
}

/** What of a line can be read, and where the bytes begin that cannot. */
function readablePart(bytes: Buffer, charset: ImportCharset): { before: string; at: number } {
  let [readable, before] = [0, '']
  for (let unread = bytes.length; unread - readable > 1;) {
    const middle = Math.floor((readable + unread) / 2)
    const text = begun(bytes.subarray(0, middle), charset)
    if (text === undefined) unread = middle
    else [readable, before] = [middle, text]
  }
  const letters = Array.from(before)
  // A lead byte may be read whose letter is not: it is at fault together with the next.
  return {
    before,
    at: charset === 'utf-8' ? Buffer.byteLength(before) : letters.length + letters.filter(isOfTwoBytes).length,
  }
}

/** Whether no letter of Shift_JIS begins with a byte. */
function isNoLead(byte: number): boolean {
  return byte === 0x80 || byte === 0xa0 || byte > 0xfc
}

function isOfTwoBytes(letter: string): boolean {
  return !/[\0-\x7F\uFF61-\uFF9F]/u.test(letter)
}

/** The text of bytes that may end within a letter. */
function begun(bytes: Buffer, charset: ImportCharset): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true })
  } catch {
    return undefined
  }
}
