import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import type { NoticeRecipient } from '#domain/notice-recipient.ts'

type Batches = AsyncGenerator<NoticeRecipient[], void>

/** The columns of the CSV, in their order. */
const NOTICE_COLUMNS = [
  'account_id',
  'customer_id',
  'customer_name',
  'email',
  'display_name',
  'shared',
  'roles',
  'contract_ids',
  'product_ids',
] as const satisfies readonly (keyof NoticeRecipient)[]

/** The whole list as lines of JSON. */
export async function ndjsonOf(batches: Batches): Promise<Readable> {
  return await streamOf(batches, batch => batch.map(recipient => `${JSON.stringify(recipient)}\n`).join(''))
}

/**
 * The whole list as CSV (RFC 4180) with a line of names; spaces separate the entries of a list in a cell. Values stay
 * unchanged, because `'=a@example.jp` is another mailbox than `=a@example.jp`. With `bom` the file is for Excel: it
 * reads UTF-8, and a cell that it would run as a formula begins with an apostrophe.
 */
export async function csvOf(batches: Batches, bom: boolean): Promise<Readable> {
  let isFirst = true
  return await streamOf(batches, batch => {
    const text = stringify(batch.map(cellsOf), {
      columns: [...NOTICE_COLUMNS],
      header: isFirst,
      bom: isFirst && bom,
      escape_formulas: bom,
      record_delimiter: 'windows',
    })
    isFirst = false
    return text
  })
}

function cellsOf(recipient: NoticeRecipient): string[] {
  return NOTICE_COLUMNS.map(column => [recipient[column] ?? ''].flat().join(' '))
}

/** Reads the first batch before the answer begins, so that an outage of the database is still a problem document. */
async function streamOf(batches: Batches, text: (batch: NoticeRecipient[]) => string): Promise<Readable> {
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
