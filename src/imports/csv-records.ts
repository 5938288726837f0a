import { once } from 'node:events'
import { CsvError, parse, type Parser } from 'csv-parse'
import { UnreadableImportError, type ImportFaultCode } from '#domain/imports/import-line.ts'
import { findCsvStart, type CsvStart } from '#imports/csv-start.ts'

/** A record of a CSV file: the number of its first line, and its cells. */
export type CsvRecord = { line: number; cells: string[] }

/** The longest record: as a quotation mark that is never closed makes one of all lines after it. */
const LONGEST_RECORD = 64 * 1024

/**
 * The records of a CSV file (RFC 4180, also with semicolons or tabs) from its text in whole lines. Throws
 * UnreadableImportError where its quotation marks do not fit, and what the reading of the text throws. The records
 * before it are given first, wherever the text was divided.
 */
export async function* csvRecords(texts: AsyncIterable<string>): AsyncGenerator<CsvRecord[]> {
  const reading: { head: string; records: RecordReading | undefined; error?: unknown } = {
    head: '',
    records: undefined,
  }
  for await (const text of untilError(texts, error => (reading.error = error))) {
    if (reading.records !== undefined) yield* reading.records.read(text)
    else {
      reading.head += text
      yield* begin(reading, findCsvStart(reading.head, false))
    }
  }
  if (reading.records === undefined) yield* begin(reading, findCsvStart(reading.head, true))
  if (reading.records !== undefined) yield* reading.records.end(reading.error !== undefined)
  if (reading.error !== undefined) throw reading.error
}

async function* begin(
  reading: { records: RecordReading | undefined },
  start: CsvStart | undefined,
): AsyncGenerator<CsvRecord[]> {
  if (start === undefined) return
  reading.records = new RecordReading(start)
  if (start.text !== '') yield* reading.records.read(start.text)
}

/** The texts up to an error, which is noted. */
async function* untilError(texts: AsyncIterable<string>, note: (error: unknown) => void): AsyncGenerator<string> {
  try {
    yield* texts
  } catch (error) {
    note(error)
  }
}

/** A file that is being divided into records. */
class RecordReading {
  readonly #parser: Parser
  readonly #first: number
  #records: CsvRecord[] = []
  #nextLine: number

  constructor({ delimiter, line }: CsvStart) {
    this.#first = this.#nextLine = line
    this.#parser = parse({
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      max_record_size: LONGEST_RECORD,
      on_record: (cells: string[], { lines }) => {
        this.#records.push({ line: this.#nextLine, cells })
        this.#nextLine = this.#first + lines
        return null
      },
    })
    // Errors come to the callback of the write that caused them.
    this.#parser.on('error', () => {})
  }

  async *read(text: string): AsyncGenerator<CsvRecord[]> {
    const error = await new Promise<Error | null | undefined>(resolve => this.#parser.write(text, resolve))
    yield* this.#taken(error)
  }

  /** The last records. Where the text `is_cut` short, what is missing at its end is no fault of its own. */
  async *end(is_cut: boolean): AsyncGenerator<CsvRecord[]> {
    this.#parser.end()
    const error = await once(this.#parser.resume(), 'end').then(
      () => undefined,
      (cause: unknown) => cause as Error,
    )
    yield* this.#taken(is_cut ? undefined : error)
  }

  *#taken(error: Error | null | undefined): Generator<CsvRecord[]> {
    const records = this.#records
    this.#records = []
    if (records.length > 0) yield records
    if (error != null) throw this.#faultOf(error)
  }

  /** A quotation mark that is not closed is at fault where its record begins. */
  #faultOf(error: Error): Error {
    if (!(error instanceof CsvError)) return error
    const [began, line] = [this.#nextLine, this.#first + Number(error['lines']) - 1]
    const isTooLong = error.code === 'CSV_MAX_RECORD_SIZE'
    const isUnclosed = error.code === 'CSV_QUOTE_NOT_CLOSED' || line > began
    const code: ImportFaultCode = isUnclosed ? 'unclosed-quote' : isTooLong ? 'line-too-long' : 'malformed-csv'
    const column = typeof error['column'] === 'number' && !isTooLong ? error['column'] + 1 : null
    return new UnreadableImportError({
      code,
      line: began,
      column,
      ...(code === 'line-too-long' && { expected: LONGEST_RECORD }),
    })
  }
}
