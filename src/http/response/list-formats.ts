import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'

type Batches<Item> = AsyncGenerator<Item[], void>

/** A column of a CSV file: its name, and what of an item is in it. */
export type Column<Item> = readonly [name: string, cell: (item: Item) => string | number | boolean | null]

/** A whole list as lines of JSON. */
export async function ndjsonOf<Item>(batches: Batches<Item>): Promise<Readable> {
  return await streamOf(batches, batch => batch.map(item => `${JSON.stringify(item)}\n`).join(''))
}

/**
 * A whole list as CSV (RFC 4180) with a line of names. Values stay unchanged, because `'=a@example.jp` is another
 * mailbox than `=a@example.jp`. With `bom` the file is for Excel: it reads UTF-8, and a cell that it would run as a
 * formula begins with an apostrophe.
 */
export async function csvOf<Item>(
  batches: Batches<Item>,
  columns: readonly Column<Item>[],
  bom: boolean,
): Promise<Readable> {
  let isFirst = true
  return await streamOf(batches, batch => {
    const rows = batch.map(item => columns.map(([, cell]) => textOf(cell(item), bom)))
    const text = stringify(rows, {
      columns: columns.map(([name]) => name),
      header: isFirst,
      bom: isFirst && bom,
      escape_formulas: bom,
      record_delimiter: 'windows',
      quoted_match: LINE_BREAK, // the library quotes only the pair of both
    })
    isFirst = false
    return text
  })
}

const LINE_BREAK = /[\r\n]/
const ESCAPED_FORMULA = /^'+[=+\-@\t\r＝＋－＠]/u

/** A cell's text. With `bom`, one that looks like an escaped formula gets an apostrophe more: readers take one away. */
function textOf(value: string | number | boolean | null, bom: boolean): string {
  const text = String(value ?? '')
  return bom && ESCAPED_FORMULA.test(text) ? `'${text}` : text
}

/** Reads the first batch before the answer begins, so that an outage of the database is still a problem document. */
async function streamOf<Item>(batches: Batches<Item>, text: (batch: Item[]) => string): Promise<Readable> {
  const first = await batches.next()
  const stream = Readable.from(
    (async function* () {
      if (first.done !== true) yield text(first.value)
      for await (const batch of batches) yield text(batch)
    })(),
    { objectMode: false, highWaterMark: 64 * 1024 },
  )
  // A client may leave before anything was read from the stream: the batches learn it only from here.
  stream.once('close', () => void batches.return().catch(() => {}))
  return stream
}
