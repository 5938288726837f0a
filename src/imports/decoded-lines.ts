import { isAscii, isUtf8 } from 'node:buffer'
import { UnreadableImportError, type ImportFault } from '#domain/imports/import-line.ts'
import { japaneseInUtf8, markedEncoding, type ImportCharset } from '#imports/found-encoding.ts'
import { otherFile } from '#imports/other-file.ts'
import { otherEncoding, undecodableLine } from '#imports/undecodable.ts'
import { linesOf, wholeLines } from '#imports/whole-lines.ts'

const ESCAPE = 0x1b
const MARK = Buffer.from([0xef, 0xbb, 0xbf])
// A line of Shift_JIS is UTF-8 by chance with one letter at most: more are UTF-8, in a line or over the whole file.
const JAPANESE_IN_LINE = 3
const JAPANESE_IN_FILE = 2

/** What is known of the lines that were read so far. */
type Reading = {
  charset: ImportCharset
  /** The number of the next line. */
  line: number
  /** The fault of the first line that is also UTF-8, of a file that was said to be in Shift_JIS. */
  utf8Fault: UnreadableImportError | undefined
  /** The Japanese letters of such lines. */
  japanese: number
  isSurelyShiftJis: boolean
}

/**
 * The text of a file in whole lines, each ended by a line feed but the last, without a byte order mark. Lines are the
 * same wherever the bytes were divided. Throws UnreadableImportError with line and character where the file is in
 * another encoding than was said, is no text, or has bytes that no letter has; the lines before it are given first.
 */
export async function* decodedLines(bytes: AsyncIterable<Uint8Array>, charset: ImportCharset): AsyncGenerator<string> {
  const reading: Reading = { charset, line: 1, utf8Fault: undefined, japanese: 0, isSurelyShiftJis: false }
  for await (const block of wholeLines(bytes, head => refuseOtherFile(head, charset)))
    yield* decodedBlock(reading.line === 1 && startsWithMark(block) ? block.subarray(MARK.length) : block, reading)
  const { utf8Fault, japanese, isSurelyShiftJis } = reading
  if (utf8Fault !== undefined && !isSurelyShiftJis && japanese >= JAPANESE_IN_FILE) throw utf8Fault
}

/** Whether a file begins with the byte order mark of UTF-8. */
export function startsWithMark(block: Uint8Array): boolean {
  return MARK.equals(block.subarray(0, MARK.length))
}

function refuseOtherFile(head: Buffer, said: ImportCharset): void {
  const other = otherFile(head) // a workbook begins with as many zero bytes as UTF-16
  if (other !== undefined) throw fault('other-file', 1, null, other)
  const marked = markedEncoding(head)
  if (marked !== undefined && marked !== said) throw fault('other-encoding', 1, null, marked)
}

/** A block whole where all of it can be read, else line by line, so that the fault has its line. */
function* decodedBlock(block: Buffer, reading: Reading): Generator<string> {
  const isDoubtful = block.includes(ESCAPE) || (reading.charset === 'shift_jis' && !isShiftJis(block, reading))
  const text = isDoubtful ? undefined : decode(block, reading.charset)
  if (text !== undefined) yield counted(text, reading)
  else for (const line of linesOf(block)) yield counted(decodedLine(line, reading), reading)
}

/** Whether none of the lines of a block that have other letters than ASCII is UTF-8. */
function isShiftJis(block: Buffer, reading: Reading): boolean {
  if (isAscii(block)) return true
  for (const line of linesOf(block)) {
    if (isAscii(line)) continue
    if (isUtf8(line)) return false
    reading.isSurelyShiftJis = true
  }
  return true
}

function decodedLine(line: Buffer, reading: Reading): string {
  if (markedEncoding(line) === 'iso-2022-jp') throw fault('other-encoding', reading.line, null, 'iso-2022-jp')
  const text = decode(line, reading.charset)
  if (text === undefined) throw undecodableLine(line, reading.charset, reading.line)
  if (reading.charset === 'shift_jis' && !isAscii(line)) noteUtf8(line, reading)
  return text
}

/** Notes whether a line that can be read as Shift_JIS is rather UTF-8. */
function noteUtf8(line: Buffer, reading: Reading): void {
  const japanese = japaneseInUtf8(line)
  if (japanese === undefined) reading.isSurelyShiftJis = true
  else if (japanese > 0) {
    const fault = otherEncoding(line, reading.line, 'utf-8')
    if (japanese >= JAPANESE_IN_LINE) throw fault
    reading.utf8Fault ??= fault
    reading.japanese += japanese
  }
}

function decode(bytes: Buffer, charset: ImportCharset): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** A text with line feeds as its line breaks, whose lines are counted. A zero byte is refused: no column stores it. */
function counted(text: string, reading: Reading): string {
  const unified = text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text
  const zero = unified.indexOf('\0')
  if (zero !== -1) {
    const before = unified.slice(0, zero).split('\n')
    const column = Array.from(before.at(-1) ?? '').length + 1
    throw fault('undecodable', reading.line + before.length - 1, column, '0x00')
  }
  for (let at = unified.indexOf('\n'); at !== -1; at = unified.indexOf('\n', at + 1)) reading.line++
  return unified
}

function fault(code: ImportFault['code'], line: number, column: number | null, found: string): UnreadableImportError {
  return new UnreadableImportError({ code, line, column, found })
}
