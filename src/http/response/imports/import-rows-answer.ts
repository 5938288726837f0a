import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ActionContext } from '#actions/support/action-context.ts'
import { disclosedBatches } from '#actions/support/personal-data/disclosed-batches.ts'
import { listImportRows } from '#db/imports/import-rows.ts'
import type { Import, ReportedRow } from '#domain/imports/import.ts'
import type { ImportOutcome } from '#domain/vocabulary.ts'
import { disclosedTo, disclosureOf } from '#http/request/personal-data/disclosure-of.ts'
import { formatOf } from '#http/request/file-parameters.ts'
import { importRowPage } from '#http/request/imports/import-position.ts'
import { answerLanguage } from '#http/response/answer-language.ts'
import { answerImportRows } from '#http/response/imports/import-rows-page.ts'
import { reportColumns, reportItem } from '#http/response/imports/import-report.ts'
import { csvOf } from '#http/response/list-formats.ts'

// How many rows of a report are in memory at once.
const BATCH = 500

type RowsQuery = { outcome?: ImportOutcome; bom?: boolean }

/**
 * Answers the rows of an import as `Accept` says: a page of JSON, or all of them as the CSV file that was received,
 * with the outcome and the reasons in further columns. Both are recorded as disclosures (R31).
 */
export async function answerImportRowsAs(
  context: ActionContext,
  request: FastifyRequest,
  reply: FastifyReply,
  entry: Import,
) {
  const { import_id } = entry
  const { outcome, bom = false } = request.query as RowsQuery
  const filter = outcome === undefined ? {} : { outcome }
  if (formatOf(request, ['application/json', 'text/csv']) === 'application/json') {
    const page = { import_id, ...importRowPage(request) }
    return answerImportRows(request, reply, await listImportRows(disclosedTo(request, context), page, filter))
  }
  const language = answerLanguage(request, reply)
  void reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${import_id}.csv"`)
  if (request.method === 'HEAD') return await reply.send()
  const rows = disclosedBatches(context, disclosureOf(request, context, 'csv'), rowsOf(context, import_id, filter))
  const items = async function* () {
    for await (const batch of rows) yield batch.map(row => reportItem(row, language))
  }
  return await reply.send(await csvOf(items(), reportColumns(entry, language), bom))
}

async function* rowsOf(
  { database }: ActionContext,
  import_id: string,
  filter: { outcome?: ImportOutcome },
): AsyncGenerator<ReportedRow[], void> {
  for (let after = 0; ;) {
    const rows = await listImportRows(database, { import_id, after, limit: BATCH }, filter)
    yield rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < BATCH) return
    after = last.line
  }
}
