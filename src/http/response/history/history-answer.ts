import type { FastifyReply, FastifyRequest } from 'fastify'
import type { HistoryHead } from '#db/history/history-chain.ts'
import { historyEntryView, type HistoryRecord } from '#domain/history/history-entry.ts'
import { answer } from '#http/request/conditions.ts'
import { historyPositionOf } from '#http/request/history/history-position.ts'
import { answerPage } from '#http/response/page-answer.ts'

/** Answers a page of history. */
export function answerHistory(request: FastifyRequest, reply: FastifyReply, records: readonly HistoryRecord[]) {
  return answerPage(request, reply, records, historyPositionOf, historyEntryView)
}

/** Answers the head of history; before the first entry, number 0 without a hash. */
export function answerHistoryHead(request: FastifyRequest, reply: FastifyReply, head: HistoryHead | undefined) {
  return answer(request, reply, { event_id: head?.event_id ?? 0, hash: head?.hash.toString('hex') ?? null })
}
