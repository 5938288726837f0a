import type { Static } from 'typebox'
import type { EventsWanted } from '#actions/history/read-events.ts'
import { HttpProblem, invalidRequest } from '#http/problems/http-problem.ts'
import type { EventQuery } from '#http/schemas/history/events.ts'

const NUMBER = /^(0|[1-9]\d{0,14})$/

/** The events that a query asks for. */
export function wantedEvents(query: Static<typeof EventQuery>): EventsWanted {
  const { after, types = null, customer_id = null, limit, wait } = query
  return {
    after: after === undefined ? 'first' : cursorOf(after),
    filter: { types, customer_id },
    limit,
    wait: wait * 1000,
  }
}

function cursorOf(text: string): EventsWanted['after'] {
  if (text === 'latest') return text
  if (NUMBER.test(text)) return Number(text)
  throw madeUpCursor()
}

/** The refusal of a cursor that no event has. */
export function madeUpCursor(): Error {
  return invalidRequest({ in: 'query', pointer: '#/after', code: 'bad-cursor' })
}

/** The refusal of a cursor whose events are no longer in the feed. */
export function expiredCursor(): Error {
  return new HttpProblem({ type: 'cursor-expired' })
}
