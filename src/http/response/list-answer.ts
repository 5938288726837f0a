import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ActionContext } from '#actions/support/action-context.ts'
import { disclosedBatches } from '#actions/support/personal-data/disclosed-batches.ts'
import type { Db } from '#db/driver/database.ts'
import { disclosedTo, disclosureOf } from '#http/request/personal-data/disclosure-of.ts'
import { FILE_ENDS, listFormatOf, type FileFormat } from '#http/request/file-parameters.ts'
import type { PageRequest } from '#http/request/paging.ts'
import { csvOf, ndjsonOf, type Column } from '#http/response/list-formats.ts'
import { answerPage } from '#http/response/page-answer.ts'

// How many rows are read at once. Two such batches are in memory, however long the list: larger ones outlive V8's young
// generation, which costs time.
const BATCH = 500

/** A list that is read in pages or as a whole. */
export type List<Position, Row, Item extends object> = {
  /** What a line of NDJSON says it is, and the name of the file in the plural. */
  type: string
  name: string
  columns: readonly Column<Item>[]
  /** False where the list is not of people: then its files need no purpose and leave no record. */
  is_of_people?: false
  /** Reads a page from the database, which records who takes it where the list is of people. */
  read: (db: Db, page: PageRequest<Position>) => Promise<Row[]>
  page: (request: FastifyRequest) => PageRequest<Position>
  position: (row: Row) => Position
  view: (row: Row) => Item
}

/**
 * Answers a list as `Accept` says: a page of JSON, or all of it as NDJSON or CSV, in batches, once it is recorded who
 * takes it (R31). An item that is there all the while is never left out of a file, whatever comes and goes meanwhile.
 */
export async function answerList<Position, Row, Item extends object>(
  context: ActionContext,
  request: FastifyRequest,
  reply: FastifyReply,
  list: List<Position, Row, Item>,
) {
  const format = listFormatOf(request, list.is_of_people ?? true)
  const page = list.page(request)
  if (format !== 'application/json') return await sendFile(context, request, reply, { format, list, start: page.after })
  const isOfPeople = request.routeOptions.config.discloses === true
  const rows = await list.read(isOfPeople ? disclosedTo(request, context) : context.database, page)
  return answerPage(request, reply, rows, list.position, list.view)
}

type WantedFile<Position, Row, Item extends object> = {
  format: FileFormat
  list: List<Position, Row, Item>
  start: Position
}

async function sendFile<Position, Row, Item extends object>(
  context: ActionContext,
  request: FastifyRequest,
  reply: FastifyReply,
  { format, list, start }: WantedFile<Position, Row, Item>,
) {
  const { bom = false } = request.query as { bom?: boolean }
  const name = `${list.name}-${context.clock.today()}.${FILE_ENDS[format]}`
  void reply.type(`${format}; charset=utf-8`).header('content-disposition', `attachment; filename="${name}"`)
  if (request.method === 'HEAD') return await reply.send()
  const batches = itemsOf(context.database, list, start)
  const items =
    list.is_of_people === false
      ? batches
      : disclosedBatches(context, disclosureOf(request, context, FILE_ENDS[format]), batches)
  return await reply.send(
    format === 'text/csv' ? await csvOf(items, list.columns, bom) : await ndjsonOf(tagged(items, list.type)),
  )
}

async function* itemsOf<Position, Row, Item extends object>(
  db: Db,
  { read, position, view }: List<Position, Row, Item>,
  start: Position,
): AsyncGenerator<Item[], void> {
  let reading = read(db, { after: start, limit: BATCH })
  for (;;) {
    const rows = await reading
    const last = rows.at(-1)
    const isWhole = last === undefined || rows.length < BATCH
    if (!isWhole) reading = readAhead(read(db, { after: position(last), limit: BATCH }))
    yield rows.map(view)
    if (isWhole) return
  }
}

/** A batch that is read while the one before is sent. Its error shows where it is awaited. */
function readAhead<Row>(batch: Promise<Row[]>): Promise<Row[]> {
  batch.catch(() => {})
  return batch
}

/** Each line says what it is, so that a file of several kinds of lines can be sent back. */
async function* tagged<Item extends object>(
  batches: AsyncGenerator<Item[], void>,
  type: string,
): AsyncGenerator<(Item & { type: string })[], void> {
  for await (const batch of batches) yield batch.map(item => ({ type, ...item }))
}
