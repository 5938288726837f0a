import { eventReading } from '#actions/history/read-events.ts'
import { EventSignal } from '#actions/support/history/event-signal.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { answerEvents } from '#http/response/history/events-answer.ts'
import type { TypedApp } from '#http/route-config.ts'
import { NOT_MODIFIED } from '#http/schemas/common.ts'
import { ConditionalReadHeaders } from '#http/schemas/conditional-headers.ts'
import { eventExamples } from '#http/schemas/history/event-examples.ts'
import { EventPage, EventQuery } from '#http/schemas/history/events.ts'

const DESCRIPTION =
  'Lists every change of an answer of this service, in the order in which the changes became visible (R37): ' +
  'without gaps, without repeats, and never one before another that was answered already. To keep a copy, read ' +
  'all pages of a list, and then the events after the `Events-Cursor` of its first page: each replaces the ' +
  'thing by `data.after`. Keep `next_cursor` only after the events are worked off: then a copy that was ' +
  'stopped anywhere misses nothing, and knows repeats by `event_id`. With `wait` the request waits for the ' +
  'first event. No event comes of what only counts or tells the time: `last_used_at` of clients, `failing_since` ' +
  'of endpoints, and what ends when its answer said that it would (`expires_at`); nor of records: deliveries, ' +
  'disclosures, rows of imports. `data` is given with the scope that reads the thing: for contacts ' +
  '`contacts:read`. A page with data about people is recorded as a disclosure (R31). An operator may let the feed ' +
  'go back for some days only: an older cursor is answered with 410.'

export function eventRoutes(app: TypedApp, context: ActionContext, stopping: AbortSignal): void {
  const read = eventReading(context.database, new EventSignal(context.database))
  const waiting = { read, stopping }
  app.get(
    '/v1/events',
    operation({
      operationId: 'listEvents',
      summary: 'List what changed since',
      description: DESCRIPTION,
      tag: 'Events',
      scope: 'events:read',
      optional_scopes: [
        'contacts:read',
        'accounts:read',
        'requests:read',
        'contracts:read',
        'customers:read',
        'catalogue:read',
        'imports:write',
        'clients:read',
      ],
      personal: true,
      discloses: true,
      request: { querystring: EventQuery, headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'A page of events.',
          schema: ref(EventPage),
          examples: eventExamples.page,
          headers: ['ETag'],
        },
        304: NOT_MODIFIED,
      },
      problems: ['cursor-expired'],
    }),
    async (request, reply) => await answerEvents(context, request, reply, waiting),
  )
}
