import type { CellContext } from '#domain/imports/import-cells.ts'
import { fieldsOfCells } from '#domain/imports/import-cells.ts'
import type { ColumnPlace } from '#domain/imports/import-columns.ts'
import { readHeader } from '#domain/imports/import-header.ts'
import {
  UnreadableImportError,
  type ImportFile,
  type ImportLine,
  type ImportReader,
} from '#domain/imports/import-line.ts'
import { csvRecords, type CsvRecord } from '#imports/csv-records.ts'
import { decodedLines, startsWithMark } from '#imports/decoded-lines.ts'
import { importCharset } from '#imports/found-encoding.ts'

const MOST_DAYS = 10_000

type Table = { header: readonly string[]; places: readonly ColumnPlace[]; context: CellContext }

/**
 * The reader of CSV files of contacts: UTF-8 with or without a byte order mark, or Shift_JIS as Windows writes it; a
 * header in English or Japanese; what Excel leaves behind (empty rows, empty cells at the end, `sep=`). Refuses a file
 * in another encoding than was said, of another kind, with a header that is not known, with a row of
 * another width, or with quotation marks that do not fit. `startOf` gives the moment at which a day begins.
 */
export function csvImportReader(startOf: CellContext['startOf']): ImportReader {
  return async (bytes, charset) => await readCsvImport(bytes, charset, rememberedDays(startOf))
}

/** The beginnings of days, each calculated once for a file: a file of thousands of rows has few days. */
function rememberedDays(startOf: CellContext['startOf']): CellContext['startOf'] {
  const known = new Map<string, string>()
  return day => {
    const start = known.get(day) ?? startOf(day)
    if (known.size < MOST_DAYS) known.set(day, start)
    return start
  }
}

async function readCsvImport(
  bytes: AsyncIterable<Uint8Array>,
  charset: string | null,
  startOf: CellContext['startOf'],
): Promise<ImportFile> {
  const encoding = importCharset(charset)
  if (encoding === undefined)
    throw new UnreadableImportError({ code: 'other-encoding', line: 1, column: null, found: charset ?? '' })
  const marks = { isMarked: false }
  const batches = csvRecords(decodedLines(noteMark(bytes, marks), encoding))
  const [first, ...others] = await firstRecords(batches)
  if (first === undefined) return { header: null, lines: nothing() }
  const context = { is_for_excel: encoding === 'shift_jis' || marks.isMarked, startOf }
  const table = { ...readHeader(first.cells, first.line), context }
  return { header: table.header, lines: linesOf(table, others, batches) }
}

/** Notes whether a file has the byte order mark with which Excel marks UTF-8. */
async function* noteMark(
  bytes: AsyncIterable<Uint8Array>,
  marks: { isMarked: boolean },
): AsyncGenerator<Uint8Array, void> {
  let head = Buffer.alloc(0)
  for await (const piece of bytes) {
    if (head.length < 3) {
      head = Buffer.concat([head, piece.subarray(0, 3)])
      marks.isMarked = startsWithMark(head)
    }
    yield piece
  }
}

/** The records from the first one that is not empty, as far as they were read. */
async function firstRecords(batches: AsyncGenerator<CsvRecord[]>): Promise<CsvRecord[]> {
  for (let next = await batches.next(); next.done !== true; next = await batches.next()) {
    const filled = next.value.findIndex(record => !isEmpty(record.cells))
    if (filled !== -1) return next.value.slice(filled)
  }
  return []
}

async function* linesOf(
  table: Table,
  first: readonly CsvRecord[],
  batches: AsyncGenerator<CsvRecord[]>,
): AsyncGenerator<readonly ImportLine[]> {
  for await (const records of followedBy(first, batches)) {
    const lines: ImportLine[] = []
    let fault: unknown
    for (const record of records) {
      if (isEmpty(record.cells)) continue
      fault = widthFault(record, table)
      if (fault !== undefined) break
      lines.push(lineOf(record, table))
    }
    if (lines.length > 0) yield lines
    if (fault !== undefined) throw fault
  }
}

async function* followedBy(
  first: readonly CsvRecord[],
  batches: AsyncGenerator<CsvRecord[]>,
): AsyncGenerator<readonly CsvRecord[]> {
  yield first
  yield* batches
}

function lineOf({ line, cells }: CsvRecord, { header, places, context }: Table): ImportLine {
  const own = cells.slice(0, header.length)
  return { line, type: 'contact', fields: fieldsOfCells(places, own, context), cells: own }
}

/** What is wrong with the width of a row: a cell too few, or text below no word of the header. */
function widthFault({ line, cells }: CsvRecord, { header }: Table): UnreadableImportError | undefined {
  const expected = header.length
  const isUnderNone = (cell: string, index: number): boolean =>
    cell.trim() !== '' && (header[index] ?? '').trim() === ''
  if (cells.length >= expected && !cells.some(isUnderNone)) return undefined
  const column = cells.findIndex(isUnderNone) + 1
  return new UnreadableImportError({
    code: 'other-width',
    line,
    column: column === 0 ? cells.length + 1 : column,
    expected,
  })
}

/** What old programs of Windows write at the end of a file. */
const END_OF_FILE = '\u001A'

function isEmpty(cells: readonly string[]): boolean {
  return cells.every(cell => cell.replaceAll(END_OF_FILE, '').trim() === '')
}

async function* nothing(): AsyncGenerator<never> {}
