import { calendarOf } from '#clock.ts'
import { UnreadableImportError, type ImportFault, type ImportLine } from '#domain/imports/import-line.ts'
import { csvImportReader } from '#imports/read-csv-import.ts'

const read = csvImportReader(calendarOf('Asia/Tokyo').startOf)

export type Reading = { header?: readonly string[] | null; lines: ImportLine[]; fault?: ImportFault }

/** What the reader finds in a file whose bytes come in pieces of these sizes, in turn. */
export async function reading(
  file: string | Buffer,
  charset: string | null = null,
  sizes: readonly number[] = [65_536],
): Promise<Reading> {
  const bytes = Buffer.from(file as string)
  const found: Reading = { lines: [] }
  try {
    const { header, lines } = await read(pieces(bytes, sizes), charset)
    found.header = header
    for await (const batch of lines) found.lines.push(...batch)
  } catch (error) {
    if (!(error instanceof UnreadableImportError)) throw error
    found.fault = error.fault
  }
  return found
}

async function* pieces(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  for (let start = 0, turn = 0; start < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1
    yield bytes.subarray(start, start + size)
    start += size
  }
}
