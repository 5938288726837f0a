import { HttpProblem } from '#http/problems/http-problem.ts'
import { parseStrictJson } from '#http/request/strict-json.ts'
import { ndjsonFault } from '#http/request/imports/ndjson-fault.ts'
import {
  IMPORT_LINE_TYPES,
  UnreadableImportError,
  type ImportFault,
  type ImportFile,
  type ImportLine,
  type ImportLineType,
} from '#domain/imports/import-line.ts'

/** The largest line that is taken, in bytes. */
const LONGEST_LINE = 1024 * 1024

const NEWLINE = 0x0a
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf])
const BLANK = /^[ \t\r]*$/

/** Reads lines of JSON (NDJSON), each an object with a `type`. Blank lines are passed over. */
export async function readNdjson(bytes: AsyncIterable<Uint8Array>): Promise<ImportFile> {
  return { header: null, lines: linesOf(bytes) }
}

async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<readonly ImportLine[], void> {
  let rest: Buffer = Buffer.alloc(0)
  let line = 0
  for await (const chunk of bytes) {
    const text = Buffer.concat([rest, chunk])
    const batch: ImportLine[] = []
    let start = 0
    for (let end = text.indexOf(NEWLINE, start); end !== -1; end = text.indexOf(NEWLINE, start)) {
      batch.push(...lineOf(text.subarray(start, end), (line += 1)))
      start = end + 1
    }
    rest = text.subarray(start)
    if (rest.length > LONGEST_LINE) throw tooLong(line + 1)
    yield batch
  }
  yield lineOf(rest, line + 1)
}

function lineOf(bytes: Buffer, line: number): ImportLine[] {
  const isMarked = line === 1 && bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK)
  const text = isMarked ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes
  if (text.length > LONGEST_LINE) throw tooLong(line)
  if (text.length < 100 && BLANK.test(text.toString('latin1'))) return []
  const value = parsed(text, line)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unreadable('not-an-object', line, 1)
  const { type, ...fields } = value as { type?: unknown }
  if (!isLineType(type)) throw unknownType(type, line)
  return [{ line, type, fields }]
}

function parsed(text: Buffer, line: number): unknown {
  try {
    return parseStrictJson(text)
  } catch (error) {
    if (!(error instanceof HttpProblem)) throw error
    const fault = ndjsonFault(error, text, line)
    if (fault !== undefined) throw fault
    return JSON.parse(text.toString('utf8')) // text that no request may hold is a fault of its row alone
  }
}

function isLineType(type: unknown): type is ImportLineType {
  return (IMPORT_LINE_TYPES as readonly unknown[]).includes(type)
}

/** A short word is shown: a type is no person's data. */
function unknownType(type: unknown, line: number): UnreadableImportError {
  const isWord = typeof type === 'string' && /^[A-Za-z_-]{1,32}$/.test(type)
  return new UnreadableImportError({ code: 'unknown-type', line, column: null, ...(isWord && { found: type }) })
}

function tooLong(line: number): UnreadableImportError {
  return new UnreadableImportError({ code: 'line-too-long', line, column: null, expected: LONGEST_LINE })
}

function unreadable(code: ImportFault['code'], line: number, column: number | null): UnreadableImportError {
  return new UnreadableImportError({ code, line, column })
}
