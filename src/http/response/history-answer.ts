import type { FastifyReply, FastifyRequest } from 'fastify'
import { historyEntryView, type HistoryRecord } from '#domain/history-entry.ts'
import { historyPositionOf } from '#http/request/history-position.ts'
import { answerPage } from '#http/response/page-answer.ts'

/** Answers a page of history. */
export function answerHistory(request: FastifyRequest, reply: FastifyReply, records: readonly HistoryRecord[]) {
  return answerPage(request, reply, records, historyPositionOf, historyEntryView)
}
