import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ReportedRow, RowProblem } from '#domain/imports/import.ts'
import type { Refusal } from '#domain/refusal.ts'
import type { Language } from '#http/problems/language.ts'
import { warningAnswers } from '#http/problems/name-texts.ts'
import { listedProblem, type ListedProblem } from '#http/problems/problem-document.ts'
import { answer } from '#http/request/conditions.ts'
import { pageOf } from '#http/request/paging.ts'
import { answerLanguage } from '#http/response/answer-language.ts'

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
