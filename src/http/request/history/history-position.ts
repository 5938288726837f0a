import type { FastifyRequest } from 'fastify'
import type { HistoryPosition } from '#db/history/history.ts'
import { pageRequest, type PageRequest } from '#http/request/paging.ts'
import type { HistoryRecord } from '#domain/history/history-entry.ts'
import { isMoment } from '#domain/moment.ts'

// Where a list of the newest entries first starts.
const AFTER_ALL: HistoryPosition = {
  occurred_at: '9999-12-31T23:59:59.999Z',
  history_id: Number.MAX_SAFE_INTEGER,
}

function isHistoryPosition(value: unknown): value is HistoryPosition {
  const { occurred_at, history_id } = (value ?? {}) as Record<string, unknown>
  return isMoment(occurred_at) && Number.isSafeInteger(history_id)
}

/** The place of an entry in a list of history. */
export function historyPositionOf({ occurred_at, history_id }: HistoryRecord): HistoryPosition {
  return { occurred_at, history_id }
}

/** Reads `limit` and `cursor` of a list of history, the newest entries first. */
export function historyPage(request: FastifyRequest): PageRequest<HistoryPosition> {
  return pageRequest(request, AFTER_ALL, isHistoryPosition)
}
