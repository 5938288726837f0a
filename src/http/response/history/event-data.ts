import type { HistoryRecord } from '#domain/history/history-entry.ts'
import type { ImportFault } from '#domain/imports/import-line.ts'
import { eventView, type EventRecord } from '#domain/history/registry-event.ts'
import type { Refusal } from '#domain/refusal.ts'
import type { Scope } from '#domain/api-clients/scopes.ts'
import { importFaultProblem } from '#http/problems/failed-import-problem.ts'
import type { Language } from '#http/problems/language.ts'
import { listedProblems } from '#http/problems/problem-document.ts'

type Snapshot = HistoryRecord['after']

/** An event as it is answered (R37): the problems of its thing in the client's language, as the thing answers them. */
export function eventAnswer(record: EventRecord, scopes: ReadonlySet<Scope>, language: Language) {
  const { data, ...view } = eventView(record, scopes)
  if (data === null) return { ...view, data }
  return {
    ...view,
    data: {
      before: data.before && { ...data.before, ...textsOf(record.before, language) },
      after: data.after && { ...data.after, ...textsOf(record.after, language) },
    },
  }
}

/** What a thing says in words: why a change request failed, and why an import did. */
function textsOf(snapshot: Snapshot, language: Language): object {
  const { refusals, fault, request_id } = (snapshot ?? {}) as Facts
  if (refusals !== undefined) return { problems: listedProblems(refusals, language) }
  if (fault === undefined) return {}
  return { problem: fault === null ? null : importFaultProblem(fault, request_id, language) }
}

type Facts = { refusals?: Refusal[]; fault?: ImportFault | null; request_id: string }
