import type { FastifyReply, FastifyRequest } from 'fastify'
import type { IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import { entityTag } from '#domain/entity-tag.ts'
import { importTagged, importView, type Import, type ImportView } from '#domain/imports/import.ts'
import { importFaultProblem } from '#http/problems/failed-import-problem.ts'
import { LANGUAGES, type Language } from '#http/problems/language.ts'
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

function shownImport({ fault, request_id, ...view }: ImportView, language: Language) {
  return { ...view, problem: fault === null ? null : importFaultProblem(fault, request_id, language) }
}
