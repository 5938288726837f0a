import type { FastifyReply, FastifyRequest } from 'fastify'
import type { IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import { entityTag } from '#domain/entity-tag.ts'
import {
  importTagged,
  importView,
  type Import,
  type ImportView,
  type ReportedRow,
  type RowProblem,
} from '#domain/imports/import.ts'
import type { Refusal } from '#domain/refusal.ts'
import { importFaultProblem } from '#http/problems/failed-import-problem.ts'
import { LANGUAGES, type Language } from '#http/problems/language.ts'
import { warningAnswers } from '#http/problems/name-texts.ts'
import { listedProblem, type ListedProblem } from '#http/problems/problem-document.ts'
import { answer } from '#http/request/conditions.ts'
import { valueOf } from '#http/request/idempotency.ts'
import { pageOf } from '#http/request/paging.ts'
import { answerLanguage } from '#http/response/answer-language.ts'

/** Answers an import; its entity tag leaves out how fast it goes. */
export function answerImport(request: FastifyRequest, reply: FastifyReply, view: ImportView) {
  const language = answerLanguage(request, reply)
  return answer(request, reply, shownImport(view, language), [language, importTagged(view)])
}

/** The entity tags that answers with an import have, in each language. */
export function importTags(view: ImportView): string[] {
  return LANGUAGES.map(language => entityTag([language, importTagged(view)]))
}

/** Answers an import whose file was received, and its path. */
export function answerReceived(request: FastifyRequest, reply: FastifyReply, outcome: IdempotentOutcome<ImportView>) {
  const view = valueOf(reply, outcome)
  void reply.code(202).header('location', `/v1/imports/${view.import_id}`)
  return answerImport(request, reply, view)
}

/** Answers a page of imports. `now` is the present moment. */
export function answerImportPage(request: FastifyRequest, reply: FastifyReply, rows: readonly Import[], now: string) {
  const language = answerLanguage(request, reply)
  const page = pageOf(
    request,
    reply,
    rows,
    row => row.import_id,
    row => shownImport(importView(row, now), language),
  )
  return answer(request, reply, page)
}

/** Answers a page of rows, with their problems in the client's language. */
export function answerImportRows(request: FastifyRequest, reply: FastifyReply, rows: readonly ReportedRow[]) {
  const language = answerLanguage(request, reply)
  const page = pageOf(
    request,
    reply,
    rows,
    row => row.line,
    row => shownRow(row, language),
  )
  return answer(request, reply, page, [language, page])
}

function shownImport({ fault, request_id, ...view }: ImportView, language: Language) {
  return { ...view, problem: fault === null ? null : importFaultProblem(fault, request_id, language) }
}

/** A row as it is answered, and as the report shows it. */
export function shownRow(
  { fields, cells: _cells, problems, warnings, duplicates, ...row }: ReportedRow,
  language: Language,
) {
  const listed = problems.map(problem => listedProblem(factsOf(problem), language))
  return {
    ...row,
    problems: listed,
    values: valuesIn(fields, listed),
    warnings: warningAnswers(warnings, language),
    possible_duplicates: duplicates,
  }
}

/** What a row keeps of a problem is what `receivedRow` or a rule has found. */
function factsOf(problem: RowProblem): Refusal {
  return problem as Refusal
}

/** The fields that problems name, as the row has them. */
function valuesIn(fields: ReportedRow['fields'], problems: readonly ListedProblem[]): ImportValue[] {
  const named = new Set(problems.flatMap(({ pointers }) => pointers.map(pointer => pointer.split('/')[1] ?? '')))
  return Object.entries(fields)
    .filter(([field]) => named.has(field))
    .map(([field, value]) => ({ field, value: typeof value === 'string' ? value : JSON.stringify(value) }))
}

type ImportValue = { field: string; value: string }
